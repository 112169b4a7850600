"""Who approves of what, as every run of the method of equal shares needs it. Voters with the same paper are a group."""

from .budget import Budget


class Wishes:
    """`approved`, `weights`: of each group, the projects and how many voters; `supporters`: of each project, groups.

    `rank`: the projects by name. `alike`: equal for projects of the same cost and the same supporters.
    """

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.approved = list(budget.papers)
        self.weights = list(budget.papers.values())
        self.approvals = budget.approvals()
        projects = range(len(budget.options))
        self.supporters: list[list[int]] = [[] for _ in projects]
        for group, approved in enumerate(self.approved):
            for project in approved:
                self.supporters[project].append(group)
        self.wanted = frozenset(p for p in projects if self.supporters[p])
        self.rank = [0] * len(projects)
        for place, project in enumerate(sorted(projects, key=budget.options.__getitem__)):
            self.rank[project] = place
        kinds: dict[tuple[int, ...], int] = {}
        self.alike = [kinds.setdefault((budget.costs[p], *self.supporters[p]), p) for p in projects]

    def worth(self, project: int) -> int:
        """What it is worth to each of those who approve of it."""
        return self.budget.costs[project] if self.budget.by_cost else 1

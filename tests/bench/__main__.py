"""`python -m tests.bench`: measure, print the table, write bench.json."""

from .run import main

if __name__ == "__main__":
    main()

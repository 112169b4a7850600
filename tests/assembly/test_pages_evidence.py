"""The evidence pack: what is in it, what it proves, and who gets what of it."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from portal.assembly import countfile
from portal.assembly.actions.importing import take_official
from portal.assembly.evidence import archive as archives
from portal.assembly.models.counts import Certificate
from portal.assembly.models.papers import Batch, Proxy, Slip
from portal.assembly.models.reaching import Delivery
from portal.assembly.models.rolls import RollVersion
from portal.assembly.models.votes import OwnersVote, VoteObjection
from portal.assembly.official import reading
from portal.assembly.official.checking import WHY_WORD, Why
from portal.assembly.roll import file as roll_file
from portal.assembly.views.official import kept_files
from portal.assembly.words import (
    BatchState,
    DeliveryWay,
    Medium,
    ObjectionKind,
    PostingKind,
    ProxyState,
    VoteState,
)
from portal.core import clock
from portal.core.db import db, transaction, write
from portal.core.digests import digest
from portal.core.eventlog import Entry
from portal.core.files import JPEG, Kept, _write, attach
from portal.councils.models import Topic
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.paperwork import ballot, counted, posted
from tests.conftest import Client
from tests.councils.conftest import council, raised, topic  # noqa: F401
from tests.world import NOW, World


def filed(world: World, vote: OwnersVote) -> Certificate:
    """A vote with something of everything, counted and certified."""
    with transaction():
        vote.roll_hash = digest(roll_file.text(vote, roll_file.kept_lines(vote.id)))
    ballot(vote, "101", "for,against")
    ballot(vote, "201", "for,", medium=Medium.ONLINE, once="x", receipt="AAAA-BBBB")
    hung = posted(vote, PostingKind.NOTICE, where="=东门公告栏")
    voter, chair = voter_of(vote, "101"), voter_of(vote, "201")
    by = {"vote_id": vote.id, "place_path": vote.place_path}
    proxy = Proxy(
        **by, voter_id=voter.id, state=ProxyState.ACCEPTED, agent_name="周代理", agent_id=None, matters="0,1",
        submitted_by_id=world.ids["owner"], reviewed_by_id=world.ids["worker"], at=NOW, moved_at=NOW, once="p",
    )  # fmt: skip
    batch = Batch(
        **by, number=1, state=BatchState.AGREED, received_at=NOW, first_by_id=world.ids["worker"],
        second_by_id=world.ids["secretary"], moved_at=NOW, once="b",
    )  # fmt: skip
    with transaction():
        db.session.add_all([proxy, batch])
        db.session.flush()
        db.session.add(
            Slip(
                batch_id=batch.id,
                voter_id=voter.id,
                first="for,against",
                second="for,against",
                at=NOW,
                once="slip",
            )
        )
        db.session.add(
            Delivery(
                **by,
                voter_id=chair.id,
                way=DeliveryWay.REFUSED,
                warned=True,
                witness_one="甲证人",
                witness_two="乙证人",
                by_id=world.ids["worker"],
                at=NOW,
                once="d",
            )
        )
        db.session.add(
            VoteObjection(
                **by,
                kind=ObjectionKind.RESULT,
                text="我家的票呢",
                author_id=world.ids["co_owner"],
                at=NOW,
                answer="查到了",
                upheld=False,
                answered_by_id=world.ids["secretary"],
                answered_at=NOW,
                once="o",
            )
        )
        for subject, purpose in ((hung, "photo"), (proxy, "letter")):
            data = f"picture of {purpose}".encode()
            stored = _write(data)
            attach(world.worker, subject, [Kept("x.jpg", JPEG, len(data), stored, stored)], purpose)
    return counted(world, vote)


def fetch(client: Client, vote: OwnersVote, who: str = "secretary") -> zipfile.ZipFile:
    reply = client.sign_in(who).get(f"/owners-votes/{vote.id}/evidence.zip")
    assert reply.status_code == 200, reply.get_data(as_text=True)[-500:]
    assert reply.headers["Cache-Control"] == "private, no-store"
    return zipfile.ZipFile(io.BytesIO(reply.data))


def table(pack: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(pack.read(name).decode("utf-8-sig"))))


def words(pdf: bytes) -> str:
    return "".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def vote(make_vote: MakeVote) -> OwnersVote:
    return make_vote(state=VoteState.FINAL)


def test_the_pack_holds_everything_and_every_digest_fits(
    client: Client, world: World, vote: OwnersVote
) -> None:
    certificate = filed(world, vote)
    pack = fetch(client, vote)
    assert pack.testzip() is None
    names = set(pack.namelist())
    count, sums = countfile.name(vote), countfile.name(vote, "sums")
    assert {
        "00-index.pdf", "SHA256SUMS", "01-roll/roll.json", "01-roll/units.csv", "01-roll/roll.pdf",
        "01-roll/speakers.csv", "02-postings/notice.pdf", "02-postings/postings.csv",
        "02-postings/overrides.csv", "03-deliveries/deliveries.csv", "03-deliveries/visits.csv",
        "04-ballots/blank.pdf", "04-ballots/ballots.csv", "05-proxies/proxies.csv", "06-batches/batches.csv",
        "06-batches/slips.csv", f"08-count/{count}", f"08-count/{sums}", "08-count/recount.pyz",
        "08-count/matters.csv", "08-count/scrutineers.csv", "09-objections/objections.csv",
        "10-result/result.pdf", "10-result/certificate.pdf",
    } <= names  # fmt: skip
    lines = pack.read("SHA256SUMS").decode().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    assert set(listed) == names - {"00-index.pdf", "SHA256SUMS"}
    for name, printed in listed.items():
        assert hashlib.sha256(pack.read(name)).hexdigest() == printed, name
    assert listed[f"08-count/{count}"] == certificate.count_hash
    assert listed["01-roll/roll.json"] == vote.roll_hash
    (photo,) = (n for n in names if n.startswith("02-postings/photos/"))
    assert pack.read(photo) == b"picture of photo"
    (letter,) = (n for n in names if n.startswith("05-proxies/letters/"))
    assert pack.read(letter) == b"picture of letter"
    text = words(pack.read("00-index.pdf"))
    assert "名册文件和公示的指纹一致" in text
    assert "计票文件和证明上的指纹一致" in text
    assert f"08-count/{count}" in "".join(text.split())
    assert pack.read("08-count/how.txt").decode() == f"python3 recount.pyz {count}\n"
    assert "冯小霞" in text


def test_the_index_warns_where_a_digest_does_not_fit(client: Client, world: World, vote: OwnersVote) -> None:
    filed(world, vote)
    with transaction():
        db.session.get_one(Certificate, vote.id).count_hash = "0" * 64
        vote.roll_hash = "0" * 64
    text = words(fetch(client, vote).read("00-index.pdf"))
    assert "名册文件和公示的指纹不一致" in text
    assert "计票文件和证明上的指纹不一致" in text


def test_every_version_of_the_roll_is_in_it_with_the_digest_that_was_posted(
    client: Client, world: World, vote: OwnersVote
) -> None:
    filed(world, vote)
    with transaction():
        vote.roll_version = 2
        text = roll_file.text(vote, roll_file.kept_lines(vote.id))
        vote.roll_hash = digest(text)
        made = {"version": 2, "hash": vote.roll_hash, "file": text, "reason": "一户更正", "at": NOW}
        db.session.add(RollVersion(vote_id=vote.id, **made))
    pack = fetch(client, vote)
    listed = table(pack, "01-roll/versions.csv")
    assert [(line["名册版本"], line["理由"]) for line in listed] == [("1", ""), ("2", "一户更正")]
    for line in listed:
        posted_file = pack.read(f"01-roll/versions/roll-{line['名册版本']}.json")
        assert hashlib.sha256(posted_file).hexdigest() == line["文件指纹"]
    assert "名册文件和公示的指纹一致" in words(pack.read("00-index.pdf"))
    with transaction():
        db.session.execute(sa.update(RollVersion).where(RollVersion.version == 1).values(file="{}"))
    assert "名册文件和公示的指纹不一致" in words(fetch(client, vote).read("00-index.pdf"))


def test_the_lists_say_who_what_and_when_and_the_count_repeats_on_a_bare_python(
    client: Client, world: World, vote: OwnersVote, tmp_path: Path
) -> None:
    filed(world, vote)
    pack = fetch(client, vote)
    assert table(pack, "01-roll/units.csv")[0]["业主"] == "王秀兰、王芳"
    assert [line["选择"] for line in table(pack, "04-ballots/ballots.csv")] == [
        "同意 / 不同意",
        "同意 / 没有选",
    ]
    (delivery,) = table(pack, "03-deliveries/deliveries.csv")
    assert (delivery["怎么送的"], delivery["见证人二"]) == ("拒收，两人见证", "乙证人")
    total = table(pack, "03-deliveries/totals.csv")[-1]
    assert (total["楼栋"], total["拒收"], total["送到了"]) == ("合计", "1", "0")
    assert "00-before/phases.csv" not in pack.namelist()
    (proxy,) = table(pack, "05-proxies/proxies.csv")
    assert (proxy["代理人"], proxy["委托的事项"], proxy["核对人"]) == ("周代理", "1、2", "沈佳慧")
    (slip,) = table(pack, "06-batches/slips.csv")
    assert slip["第二遍"] == "同意 / 不同意"
    (objection,) = table(pack, "09-objections/objections.csv")
    assert (objection["答复"], objection["是否成立"]) == ("查到了", "不成立")
    (posting,) = table(pack, "02-postings/postings.csv")
    assert posting["地点"] == "'=东门公告栏", "a spreadsheet must not run it"
    pack.extractall(tmp_path)
    for what in ("count", "sums"):
        said = _recount(tmp_path / "08-count", countfile.name(vote, what))
        assert [json.loads(line)["verdict"] for line in said] == ["no_quorum", "no_quorum"]


def _recount(folder: Path, name: str) -> list[str]:
    run = [sys.executable, "-I", "-S", "recount.pyz", name]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_what_came_before_a_vote_of_a_topic_lies_in_it(
    client: Client,
    world: World,
    vote: OwnersVote,
    topic: Topic,  # noqa: F811
) -> None:
    with transaction():
        vote.topic_id = topic.id
    pack = fetch(client, vote)
    came = {line["步骤"]: line["走到哪里"] for line in table(pack, "00-before/phases.csv")}
    assert came["意见征询"] == "没有走"
    assert came["业主大会表决"] in ("已完成", "还没做完")


def test_who_may_not_check_ballots_gets_no_choices(client: Client, world: World, vote: OwnersVote) -> None:
    filed(world, vote)
    pack = fetch(client, vote, "worker")
    assert f"08-count/{countfile.name(vote)}" not in pack.namelist()
    assert {line["选择"] for line in table(pack, "04-ballots/ballots.csv")} == {""}
    assert {line["第一遍"] for line in table(pack, "06-batches/slips.csv")} == {""}
    for name in pack.namelist():
        if name.startswith("0") and name.endswith((".csv", ".json")) and "sums" not in name:
            assert b"for,against" not in pack.read(name)
            assert "同意 / 不同意".encode() not in pack.read(name)
    assert "没有每张票的选择" in words(pack.read("00-index.pdf"))


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 403), ("manager", 403), ("auditor", 403), ("visitor", 303), ("other_secretary", 404)],
)
def test_others_get_nothing(who: str, status: int, client: Client, vote: OwnersVote) -> None:
    assert client.sign_in(who).get(f"/owners-votes/{vote.id}/evidence.zip").status_code == status


@pytest.mark.parametrize("state", [VoteState.OPEN, VoteState.CLOSED, VoteState.COUNTING])
def test_there_is_none_before_the_result_is_posted(
    state: VoteState, client: Client, make_vote: MakeVote
) -> None:
    vote = make_vote(state=state)
    assert client.sign_in("secretary").get(f"/owners-votes/{vote.id}/evidence.zip").status_code == 403


def test_a_preliminary_pack_says_that_nothing_is_certified_and_taking_it_is_on_record(
    client: Client, make_vote: MakeVote, world: World
) -> None:
    vote = make_vote(state=VoteState.PRELIMINARY)
    pack = fetch(client, vote, "chair")
    assert "10-result/certificate.pdf" not in pack.namelist()
    assert "还没有公布结果" in words(pack.read("00-index.pdf"))
    said = db.session.scalars(sa.select(Entry).where(Entry.name == "owners_vote.evidence")).one()
    assert (said.actor_id, said.payload) == (world.ids["chair"], {"vote_id": vote.id})


def test_printing_personal_ballots_is_on_record_once_an_hour(client: Client, make_vote: MakeVote) -> None:
    vote = make_vote(state=VoteState.OPEN)
    for _n in range(2):
        client.sign_in("worker").get(f"/owners-votes/{vote.id}/prints/ballots")
    found = sa.select(sa.func.count()).select_from(Entry).where(Entry.name == "owners_vote.papers")
    assert db.session.scalar(found) == 1


def test_official_files_and_the_rows_refused_lie_in_it(
    client: Client, world: World, make_vote: MakeVote
) -> None:
    vote = make_vote(state=VoteState.CLOSED, official_evote=True)
    at = clock.local(vote.opens_at).isoformat()
    head = ",".join(reading.COLUMNS)
    line = "{},{},1,同意,online,{},S{},{}"
    lines = [line.format(v, world.ids[u], at, u, "0" * 64) for v, u in ((1, "101"), (7, "102"))]
    data = "\n".join([head, *lines]).encode()
    take_official(world.secretary, vote, digest=kept_files().keep(data), rows=reading.read(data))
    with transaction():
        write(sa.update(OwnersVote.metadata.tables["owners_vote"]).values(state=VoteState.FINAL))
    db.session.expire_all()
    pack = fetch(client, vote)
    (name,) = (n for n in pack.namelist() if n.startswith("07-official/1-"))
    assert pack.read(name) == data
    (refused,) = table(pack, "07-official/refused.csv")
    assert refused["行"] == "3"
    assert refused["为什么没有收"] == WHY_WORD[Why.ROLL_VERSION]
    assert not any("07-official/1-" in n for n in fetch(client, vote, "worker").namelist())


def test_files_that_are_too_much_are_named_and_left_out(
    client: Client, world: World, vote: OwnersVote, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(world, vote)
    monkeypatch.setattr(archives, "LARGEST", 17)
    pack = fetch(client, vote)
    assert sum("photos" in n or "letters" in n for n in pack.namelist()) == 1
    assert "有1个文件没有放进来" in words(pack.read("00-index.pdf"))

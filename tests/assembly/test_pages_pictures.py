"""Pictures that people bring, on pages: put in, listed, opened by those who may."""

import io
import zipfile
from typing import Any

import pytest
import sqlalchemy as sa

from portal.assembly.actions.reaching import record_delivery
from portal.assembly.actions.scanning import keep_scans
from portal.assembly.actions.speaking import name_speaker
from portal.assembly.models.reaching import Delivery
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Capacity, DeliveryWay, VoteState
from portal.core.db import db
from portal.core.files import StoredFile
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.letters import kept, photo
from tests.assembly.test_actions_pictures import batch_of, in_state
from tests.assembly.test_pages_evidence import fetch, table
from tests.conftest import Client
from tests.world import World


def upload(name: str = "photo.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(photo()), name


def file_of(purpose: str) -> int:
    return db.session.scalars(sa.select(StoredFile.id).where(StoredFile.purpose == purpose)).one()


def refused(world: World, vote: OwnersVote, key: str = "201") -> Delivery:
    record_delivery(
        world.worker, vote, voter_ids=[voter_of(vote, key).id], way=DeliveryWay.REFUSED, warned=True,
        witnesses=("张三", "李四"), photos=(kept(),), once="door",
    )  # fmt: skip
    return db.session.scalars(sa.select(Delivery)).one()


def test_scans_are_put_in_and_opened_only_after_the_box(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    batch = batch_of(world, vote)
    client.sign_in("worker")
    assert (
        client.submit(f"/batches/{batch.id}/scans", {"scans": [upload(), upload("2.jpg")]}).status_code == 303
    )
    shown = client.get(f"/batches/{batch.id}").text
    assert "photo.jpg" in shown
    file = file_of("scan")
    address = f"/owners-votes/{vote.id}/batches/{batch.id}/files/{file}/full"
    assert address not in shown
    assert client.sign_in("secretary").get(address).status_code == 403
    in_state(vote, VoteState.COUNTING)
    for who, status in (
        ("secretary", 200), ("chair", 200), ("worker", 403), ("owner", 403), ("visitor", 303),
        ("other_secretary", 404),
    ):  # fmt: skip
        assert client.sign_in(who).get(address).status_code == status, who
    assert address in client.sign_in("secretary").get(f"/batches/{batch.id}").text
    assert "存扫描件" not in client.get(f"/batches/{batch.id}").text


def test_nothing_or_no_picture_is_said(world: World, make_vote: MakeVote, client: Client) -> None:
    batch = batch_of(world, make_vote())
    client.sign_in("worker")
    for sent, said in (({}, "请先选照片"), ({"scans": (io.BytesIO(b"x"), "x.exe")}, "照片")):
        client.submit(f"/batches/{batch.id}/scans", sent)
        assert said in client.get(f"/batches/{batch.id}").text


def test_a_refusal_without_a_picture_is_asked_for_one(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    voter = voter_of(vote, "201").id
    client.sign_in("worker")
    said: dict[str, Any] = {"way": "refused", "witness_one": "张三", "witness_two": "李四", "id": str(voter)}
    client.submit(f"/owners-votes/{vote.id}/deliveries", {**said, "once": "a"})
    assert "拒收没有照片" in client.get(f"/owners-votes/{vote.id}/deliveries").text
    attempt = db.session.scalars(sa.select(Delivery.id)).one()
    assert "还没有照片" in client.get(f"/voters/{voter}/deliveries").text
    client.submit(f"/owners-votes/{vote.id}/deliveries/{attempt}/photos", {"photos": upload()})
    page = client.get(f"/voters/{voter}/deliveries").text
    assert f"/voters/{voter}/deliveries/{attempt}/files/{file_of('photo')}/thumb" in page
    client.submit(f"/owners-votes/{vote.id}/deliveries", {**said, "once": "b", "photos": upload()})
    assert "拒收没有照片" not in client.get(f"/owners-votes/{vote.id}/deliveries").text


@pytest.mark.parametrize(
    ("who", "status"),
    [("chair", 200), ("worker", 200), ("owner", 404), ("manager", 404), ("visitor", 404), ("other_secretary", 404)],
)  # fmt: skip
def test_an_attempt_is_shown_to_those_who_go_round_and_to_whom_it_was_made(
    who: str, status: int, world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    attempt = refused(world, vote)
    client.sign_in(who)
    for rest in ("", f"/{attempt.id}/files/{file_of('photo')}/full"):
        assert client.get(f"/voters/{attempt.voter_id}/deliveries{rest}").status_code == status


def test_a_picture_is_found_under_its_own_voter_only(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    attempt = refused(world, vote)
    client.sign_in("worker")
    elsewhere = f"/voters/{voter_of(vote, '102').id}/deliveries/{attempt.id}/files/{file_of('photo')}/full"
    assert client.get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 200), ("worker", 200), ("owner", 404), ("other_secretary", 404)]
)
def test_a_sealed_letter_is_read_by_staff_and_those_it_is_about(
    who: str, status: int, world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    shop = voter_of(vote, "shop")
    name_speaker(
        world.worker,
        vote,
        voter_id=shop.id,
        name="孙朝晖",
        capacity=Capacity.REPRESENTATIVE,
        letter=(kept(),),
    )
    assert (
        client.sign_in(who).get(f"/voters/{shop.id}/letters/{file_of('letter')}/full").status_code == status
    )


def test_all_of_it_goes_into_the_pack_and_ballots_only_to_those_who_check_them(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    shop = voter_of(vote, "shop")
    keep_scans(world.worker, batch_of(world, vote), scans=(kept(),))
    record_delivery(
        world.worker, vote, voter_ids=[voter_of(vote, key).id for key in ("102", "201")],
        way=DeliveryWay.HANDED, warned=True, photos=(kept(),), once="list",
    )  # fmt: skip
    name_speaker(
        world.worker,
        vote,
        voter_id=shop.id,
        name="孙朝晖",
        capacity=Capacity.REPRESENTATIVE,
        letter=(kept(),),
    )
    in_state(vote, VoteState.PRELIMINARY)
    pack = fetch(client, vote)
    brought = table(pack, "00-files.csv")
    assert [(line["属于第几号"], line["是什么"]) for line in brought] == [
        ("5", "委派书：孙朝晖"), ("2", "委托书"), ("3", "委托书"), ("1", "委托书"),
    ]  # fmt: skip
    assert len({line["文件"] for line in brought}) == 4, "each letter has its file, the same picture too"
    assert {line["文件"] for line in brought} <= set(pack.namelist())
    assert _folder(pack, "06-batches/scans") != []
    assert _folder(fetch(client, vote, "worker"), "06-batches/scans") == []


def _folder(pack: zipfile.ZipFile, folder: str) -> list[str]:
    return [name for name in pack.namelist() if name.startswith(folder)]

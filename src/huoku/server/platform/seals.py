"""Sealing: each minute the heads of all chains go under one root, which can be kept where nobody here reaches it.

Chains alone show that an entry was changed, unless somebody rewrites the chain from there to its end. A root that lies
outside (``seal_file``: another machine's disk, a mailbox, paper) shows that too.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from huoku.language import Sentence
from huoku.server.platform import clock
from huoku.server.platform.canonical import canonical, digest
from huoku.server.platform.chains import Finding, broken_chains
from huoku.server.platform.models import Company, Heard, Seal, Stream
from huoku.server.platform.scope import EVERY_COMPANY, entered


def seal_all() -> int:
    """Seal every company's chains that grew; returns how many companies had such. The job of each minute."""
    with entered(EVERY_COMPANY):
        seals = [seal for company in Company.objects.order_by("pk") if (seal := seal_company(company))]
    if seals and settings.GIVEN.seal_file:
        export(Path(settings.GIVEN.seal_file), seals)
    return len(seals)


def seal_company(company: Company) -> Seal | None:
    """Put what grew since the last seal under a new root; None where nothing grew."""
    if not _grown(company):
        return None  # looked at before the transaction, so that an idle company costs no write
    with transaction.atomic():
        # Two at once: the second waits here and then finds nothing grown.
        Company.objects.select_for_update().get(pk=company.pk)
        grown = _grown(company)
        if not grown:
            return None
        last = Seal.objects.of(company).order_by("-number").first()
        heads = canonical({str(pk): [length, head] for pk, (length, head) in grown.items()})
        for pk, (length, _) in grown.items():
            Heard.objects.of(company).update_or_create({"seq": length}, company=company, listener=SEALED, stream_id=pk)
        return Seal.objects.create(
            company=company,
            number=last.number + 1 if last else 1,
            sealed_at=clock.now(),
            heads=heads.decode(),
            root=root(bytes(last.root) if last else bytes(32), heads),
        )


def root(before: bytes, heads: bytes) -> bytes:
    return digest(before, heads)


def export(file: Path, seals: list[Seal]) -> None:
    """Append one line a company: time, code, number, root. On the disk before this returns."""
    lines = [
        f"{seal.sealed_at.isoformat()} {seal.company.code} {seal.number} {bytes(seal.root).hex()}\n" for seal in seals
    ]
    with file.open("a", encoding="utf-8") as out:
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())


def verify(company: Company) -> list[Finding]:
    """Work out every chain and every root of a company again (I6-I8). Empty: nothing was changed."""
    with entered(company):
        marks, findings = _marks(company)
        return findings + broken_chains(company.pk, marks)


def differing_from_export(company: Company, file: Path) -> list[Finding]:
    """Hold the seals against the lines that were written outside."""
    with entered(company):
        ours = dict(Seal.objects.of(company).values_list("number", "root"))
    findings = []
    for line in file.read_text(encoding="utf-8").splitlines():
        _, code, number, hexed = line.split(" ")
        if code == company.code and bytes(ours.get(int(number), b"")).hex() != hexed:
            findings.append(Finding("seal_differs_outside", f"seal #{number}", OUTSIDE))
    return findings


BROKEN_SEAL = Sentence("封存记录被改动过：根摘要对不上。", "The seal was changed: its root does not fit.")
OUTSIDE = Sentence("与外部保存的根摘要不符。", "The seal differs from the root that was kept outside.")
SEALED = "seal"
"""Under this name it is kept how far each chain was sealed."""


def _grown(company: Company) -> dict[int, tuple[int, bytes]]:
    """Heads, by chain, that no seal holds yet."""
    sealed = dict(Heard.objects.of(company).filter(listener=SEALED).values_list("stream_id", "seq"))
    rows = Stream.objects.of(company).filter(length__gt=0).values_list("pk", "length", "head")
    return {pk: (length, bytes(head)) for pk, length, head in rows if length > sealed.get(pk, 0)}


def _marks(company: Company) -> tuple[dict[int, dict[int, bytes]], list[Finding]]:
    """The digests that seals hold, by chain and length; and the first seal that does not hold itself."""
    marks: dict[int, dict[int, bytes]] = {}
    before = bytes(32)
    rows = Seal.objects.of(company).order_by("number").values_list("number", "heads", "root").iterator()
    for count, (number, heads, sealed) in enumerate(rows, start=1):
        before = root(before, heads.encode())
        if number != count or before != bytes(sealed):
            return marks, [Finding("seal_broken", f"seal #{number}", BROKEN_SEAL)]
        for pk, (length, head) in json.loads(heads).items():
            marks.setdefault(int(pk), {})[length] = bytes.fromhex(head)
    return marks, []

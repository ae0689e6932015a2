"""Phones trust one small authority, and it can speak for this machine and private networks alone."""

import ipaddress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from huoku.server.running.authority import fingerprint, papers
from huoku.server.running.introduction import introduction

pytestmark = pytest.mark.sqlite_only

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
NAMES = ["localhost", "192.168.1.20", "huoku.local", "bank.example.com", "8.8.8.8"]


@pytest.fixture
def made(tmp_path):
    return papers(tmp_path, NAMES, NOW)


def verified(made, subject):
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    certificate = x509.load_pem_x509_certificates(made.certificate.read_bytes())[0]
    verifier = PolicyBuilder().store(Store([authority])).time(NOW).build_server_verifier(subject)
    return verifier.verify(certificate, [])


@pytest.mark.parametrize(
    "subject",
    [
        x509.DNSName("localhost"),
        x509.DNSName("huoku.local"),
        x509.IPAddress(ipaddress.ip_address("192.168.1.20")),
    ],
)
def test_a_browser_that_trusts_the_authority_trusts_this_host(made, subject):
    assert verified(made, subject)


def test_names_of_others_are_left_out(made):
    with pytest.raises(VerificationError):
        verified(made, x509.DNSName("bank.example.com"))
    certificate = x509.load_pem_x509_certificates(made.certificate.read_bytes())[0]
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(name.value) for name in names} == {"localhost", "huoku.local", "192.168.1.20"}


def test_keys_are_for_the_owner_of_the_folder_alone(made):
    assert made.key.stat().st_mode & 0o77 == 0
    assert (made.key.parent / "authority.key").stat().st_mode & 0o77 == 0


def test_papers_stay_until_they_grow_old_or_the_address_changes(made, tmp_path):
    authority, certificate = made.authority.read_bytes(), made.certificate.read_bytes()
    papers(tmp_path, NAMES, NOW + timedelta(days=300))
    assert made.certificate.read_bytes() == certificate
    papers(tmp_path, [*NAMES, "10.0.0.7"], NOW)
    assert made.certificate.read_bytes() != certificate
    renewed = made.certificate.read_bytes()
    papers(tmp_path, NAMES, NOW + timedelta(days=380))
    assert made.certificate.read_bytes() != renewed
    assert made.authority.read_bytes() == authority, "what phones have installed stays good"


def test_the_page_for_phones_shows_the_fingerprint_and_asks_no_other_host(made):
    page = introduction(made.authority, "https://192.168.1.20:8443/", "http://192.168.1.20:8080/").decode()
    assert fingerprint(made.authority) in page
    assert {part.split('"')[0] for part in page.split('href="')[1:]} == {
        "/huoku-authority.crt",
        "https://192.168.1.20:8443/",
    }
    assert "src=" not in page

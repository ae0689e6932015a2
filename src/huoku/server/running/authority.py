"""A small certificate authority of this server's own, for phones: a camera and a scanner need https.

The authority may speak for names of this machine and for addresses of private networks only (name constraints), so
whoever installs it on a phone gives nobody a key to other sites.
"""

import contextlib
import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS, CERTIFICATE_DAYS = 3650, 397
"""Phones refuse a server's certificate that is valid for longer than 398 days."""
RENEW_DAYS = 30
PRIVATE = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Papers:
    """Files: the authority that phones install, and the server's own certificate and key."""

    authority: Path
    certificate: Path
    key: Path


def papers(folder: Path, names: Iterable[str], today: datetime) -> Papers:
    """The papers for ``names`` (host names, addresses), made or renewed where missing, old or for other names.

    Names and addresses that the authority may not speak for are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    made = Papers(folder / "huoku-authority.crt", folder / "server.crt", folder / "server.key")
    authority_key_file = folder / "authority.key"
    if not (made.authority.exists() and authority_key_file.exists()):
        _make_authority(made.authority, authority_key_file, today)
        made.certificate.unlink(missing_ok=True)
    wanted = sorted(_within_reach(made.authority, names))
    if not _still_serves(made.certificate, wanted, today):
        _make_certificate(made, authority_key_file, wanted, today)
    return made


def names_of_this_host() -> list[str]:
    """Under what phones in the same network may reach this machine: names and addresses."""
    host = socket.gethostname().split(".")[0].lower()
    found = {"localhost", host, f"{host}.local", "127.0.0.1"}
    with contextlib.suppress(OSError):  # a machine that does not know its own name still has an address
        found |= {str(info[4][0]).split("%")[0] for info in socket.getaddrinfo(host, None)}
    if address := address_in_network():
        found.add(address)
    return sorted(found)


def address_in_network() -> str:
    """The private address that others in the network see, or empty. Only a route is asked for, nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("10.255.255.255", 9))
        address = ipaddress.ip_address(probe.getsockname()[0])
        if any(address in ipaddress.ip_network(network) for network in PRIVATE):
            return str(address)
    return ""


def fingerprint(certificate: Path) -> str:
    """SHA-256 of a certificate, as phones show it: AA:BB:..."""
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    return ":".join(f"{byte:02X}" for byte in loaded.fingerprint(hashes.SHA256()))


def _as_address(name: str) -> Address | None:
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None


def _within_reach(authority: Path, names: Iterable[str]) -> set[str]:
    """Those of ``names`` that the authority may speak for; one other name would spoil the whole certificate."""
    loaded = x509.load_pem_x509_certificate(authority.read_bytes())
    permitted = loaded.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    domains = [each.value for each in permitted if isinstance(each, x509.DNSName)]
    networks = [ipaddress.ip_network(str(each.value)) for each in permitted if isinstance(each, x509.IPAddress)]

    def is_within(name: str) -> bool:
        address = _as_address(name)
        if address is None:
            return any(name == domain or name.endswith("." + domain) for domain in domains)
        return any(address in network for network in networks)

    return {name for name in names if is_within(name)}


def _general(name: str) -> x509.GeneralName:
    address = _as_address(name)
    return x509.DNSName(name) if address is None else x509.IPAddress(address)


def _make_authority(certificate: Path, key_file: Path, today: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    host = socket.gethostname().split(".")[0].lower()
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"活库 huoku on {host}"[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "huoku"),
        ]
    )
    permitted: list[x509.GeneralName] = [x509.DNSName(name) for name in sorted({"localhost", host, "local"})]
    permitted += [x509.IPAddress(ipaddress.ip_network(network)) for network in PRIVATE]
    made = (
        _begun(subject, subject, key, today, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_file, key)
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _make_certificate(made: Papers, authority_key_file: Path, names: list[str], today: datetime) -> None:
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    signer = serialization.load_pem_private_key(authority_key_file.read_bytes(), None)
    assert isinstance(signer, Key)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    certificate = (
        _begun(subject, authority.subject, key, today, CERTIFICATE_DAYS)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    _write_key(made.key, key)
    # The authority goes with it, so that a browser that knows it needs nothing else.
    chain = certificate.public_bytes(serialization.Encoding.PEM) + made.authority.read_bytes()
    made.certificate.write_bytes(chain)


def _begun(subject: x509.Name, issuer: x509.Name, key: Key, today: datetime, days: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))  # phones' clocks may be behind
        .not_valid_after(today + timedelta(days=days))
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _still_serves(certificate: Path, names: list[str], today: datetime) -> bool:
    if not certificate.exists():
        return False
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    said = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = {str(name.value) for name in said}
    return set(names) <= covered and today + timedelta(days=RENEW_DAYS) < loaded.not_valid_after_utc


def _write_key(path: Path, key: Key) -> None:
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )

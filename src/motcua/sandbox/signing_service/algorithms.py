"""The signature algorithms the service offers, by object identifier, and how each signs a ready-made digest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from asn1crypto import algos
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils

DIGESTS: Final[dict[str, hashes.HashAlgorithm]] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
RSA: Final = "1.2.840.113549.1.1.1"
RSA_PSS: Final = "1.2.840.113549.1.1.10"
RSA_WITH_DIGEST: Final = {
    "1.2.840.113549.1.1.11": "2.16.840.1.101.3.4.2.1",
    "1.2.840.113549.1.1.12": "2.16.840.1.101.3.4.2.2",
    "1.2.840.113549.1.1.13": "2.16.840.1.101.3.4.2.3",
}
OFFERED: Final = (RSA, *RSA_WITH_DIGEST, RSA_PSS)


class Unsupported(ValueError):
    """The algorithm is not offered, or its parts contradict each other."""


@dataclass(frozen=True)
class Algorithm:
    """A padding and a digest."""

    digest: hashes.HashAlgorithm
    padding: padding.AsymmetricPadding

    def sign(self, key: rsa.RSAPrivateKey, digest: bytes) -> bytes:
        """Sign a digest. Raises Unsupported when its length is not the digest's."""
        if len(digest) != self.digest.digest_size:
            raise Unsupported("hash không đúng độ dài của hashAlgo")
        return key.sign(digest, self.padding, utils.Prehashed(self.digest))


def choose(sign_algorithm: str, hash_algorithm: str, parameters: bytes | None) -> Algorithm:
    """Return the algorithm for CSC's signAlgo, hashAlgo and signAlgoParams (DER). Raises Unsupported."""
    if sign_algorithm == RSA_PSS:
        return _pss(hash_algorithm, parameters)
    fixed = RSA_WITH_DIGEST.get(sign_algorithm)
    if fixed is None and sign_algorithm != RSA:
        raise Unsupported(f"signAlgo {sign_algorithm} không được hỗ trợ")
    if fixed and hash_algorithm and hash_algorithm != fixed:
        raise Unsupported("hashAlgo không khớp signAlgo")
    chosen = fixed or hash_algorithm
    if chosen not in DIGESTS:
        raise Unsupported(f"hashAlgo {chosen or '(thiếu)'} không được hỗ trợ")
    return Algorithm(DIGESTS[chosen], padding.PKCS1v15())


def _pss(hash_algorithm: str, parameters: bytes | None) -> Algorithm:
    if parameters is None:
        raise Unsupported("RSASSA-PSS cần signAlgoParams")
    try:
        described = algos.RSASSAPSSParams.load(parameters)
        digest = described["hash_algorithm"]["algorithm"].dotted
        mask = described["mask_gen_algorithm"]["parameters"]["algorithm"].dotted
        salt = int(described["salt_length"].native)
    except (ValueError, TypeError):
        raise Unsupported("signAlgoParams không đọc được") from None
    if digest not in DIGESTS or mask not in DIGESTS or (hash_algorithm and hash_algorithm != digest):
        raise Unsupported("signAlgoParams không khớp hashAlgo hoặc không được hỗ trợ")
    return Algorithm(DIGESTS[digest], padding.PSS(mgf=padding.MGF1(DIGESTS[mask]), salt_length=salt))


@lru_cache(maxsize=256)
def load_key(path: Path) -> rsa.RSAPrivateKey:
    """Read one of our own keys, once."""
    key = serialization.load_pem_private_key(path.read_bytes(), None, unsafe_skip_rsa_key_validation=True)
    return cast("rsa.RSAPrivateKey", key)

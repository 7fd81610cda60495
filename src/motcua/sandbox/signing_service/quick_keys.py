"""Keeps private keys loaded: certomancer parses and re-validates a key for every signature, 50 ms each; this does not."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from asn1crypto import algos, keys
from certomancer import crypto_utils
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


class QuickBackend(crypto_utils.PycaCryptographyBackend):
    """certomancer's own backend, with loaded keys remembered. The keys are our own: validating them again is waste."""

    def load_private_key(
        self, key_bytes: bytes, password: bytes | None
    ) -> tuple[keys.PrivateKeyInfo, keys.PublicKeyInfo]:
        key = serialization.load_pem_private_key(key_bytes, password, unsafe_skip_rsa_key_validation=True)
        private = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return keys.PrivateKeyInfo.load(private), keys.PublicKeyInfo.load(public)

    def generic_sign(
        self, private_key: keys.PrivateKeyInfo, tbs_bytes: bytes, sd_algo: algos.SignedDigestAlgorithm
    ) -> bytes:
        if sd_algo.signature_algo != "rsassa_pkcs1v15":
            return super().generic_sign(private_key, tbs_bytes, sd_algo)
        digest = getattr(hashes, sd_algo.hash_algo.upper())()
        return _loaded(private_key.dump()).sign(tbs_bytes, padding.PKCS1v15(), digest)


@lru_cache(maxsize=256)
def _loaded(der: bytes) -> rsa.RSAPrivateKey:
    return cast("rsa.RSAPrivateKey", serialization.load_der_private_key(der, None, unsafe_skip_rsa_key_validation=True))


def use() -> None:
    """Make certomancer sign through this backend."""
    crypto_utils.CRYPTO_BACKEND = QuickBackend()

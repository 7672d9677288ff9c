"""The signed attribute that ties a signature to the recorded act of will.

The act (account, method, time, address, digest shown) is a record in the ledger. Its SHA-256 stands inside every signature, under
the signature's own protection, so neither can be exchanged for another.

    id-emulation-recorded-act OBJECT IDENTIFIER ::= { joint-iso-itu-t(2) uuid(25) 284972285508277536461320675314943954929 }
    RecordedActDigest ::= OCTET STRING (SIZE (32))    -- single-valued; UUID d663aa71-be4d-4ddb-af19-4fcb5e8c8ff1
"""

from asn1crypto import cms, core
from pyhanko.sign.attributes import CMSAttributeProvider

ACT_DIGEST_OID = "2.25.284972285508277536461320675314943954929"
_ATTRIBUTE = "emulation_recorded_act"

# asn1crypto and pyHanko name attribute types through these two tables and offer no other door to them.
cms.CMSAttributeType._map[ACT_DIGEST_OID] = _ATTRIBUTE  # noqa: SLF001
cms.CMSAttribute._oid_specs[_ATTRIBUTE] = cms.SetOfOctetString  # noqa: SLF001


class ActDigestProvider(CMSAttributeProvider):
    """Puts the digest of the recorded act among the signed attributes."""

    attribute_type = _ATTRIBUTE

    def __init__(self, act_sha256: bytes) -> None:
        if len(act_sha256) != 32:
            raise ValueError("the digest of a recorded act has 32 bytes")
        self._digest = act_sha256

    async def build_attr_value(self, dry_run: bool = False) -> core.OctetString:  # noqa: ARG002 - pyHanko's form
        """The attribute's value."""
        return core.OctetString(self._digest)


def read_act_digest(signer_info: cms.SignerInfo) -> bytes:
    """The digest of the recorded act, or b"" when the signature names none or more than one."""
    values = [
        bytes(value.native)
        for part in signer_info["signed_attrs"]
        if part["type"].native == _ATTRIBUTE
        for value in part["values"]
    ]
    return values[0] if len(values) == 1 else b""

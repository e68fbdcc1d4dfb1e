# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""Every NTSTATUS with which a host commonly refuses a logon (MS-ERREF 2.3), sent in a TSRequest
(MS-CSSP 2.2.1) by a server that the client believes; and codes that nobody has a name for."""
from harness.case import SECRET, Case
from harness.servers import scripted

TRUST = ["/cert:ignore"]

# The code, its name, and the explanation that leads.
TABLE = [
    (0xC000006D, "STATUS_LOGON_FAILURE", "logon-failure"),
    (0xC000006A, "STATUS_WRONG_PASSWORD", "wrong-password"),
    (0xC0000149, "STATUS_WRONG_PASSWORD_CORE", "wrong-password"),
    (0xC0000064, "STATUS_NO_SUCH_USER", "no-such-user"),
    (0xC0000062, "STATUS_INVALID_ACCOUNT_NAME", "no-such-user"),
    (0xC00000DF, "STATUS_NO_SUCH_DOMAIN", "logon-failure"),
    (0xC000006E, "STATUS_ACCOUNT_RESTRICTION", "protected-users-ntlm"),
    (0xC000006F, "STATUS_INVALID_LOGON_HOURS", "logon-hours"),
    (0xC0000247, "STATUS_LOGIN_TIME_RESTRICTION", "logon-hours"),
    (0xC0000070, "STATUS_INVALID_WORKSTATION", "logon-workstation-restriction"),
    (0xC0000248, "STATUS_LOGIN_WKSTA_RESTRICTION", "logon-workstation-restriction"),
    (0xC0000071, "STATUS_PASSWORD_EXPIRED", "password-expired"),
    (0xC0000072, "STATUS_ACCOUNT_DISABLED", "account-disabled"),
    (0xC0000193, "STATUS_ACCOUNT_EXPIRED", "account-expired"),
    (0xC0000224, "STATUS_PASSWORD_MUST_CHANGE", "password-must-change"),
    (0xC0000234, "STATUS_ACCOUNT_LOCKED_OUT", "account-locked"),
    (0xC000015B, "STATUS_LOGON_TYPE_NOT_GRANTED", "logon-type-not-granted"),
    (0xC0000155, "STATUS_LOGON_NOT_GRANTED", "logon-type-not-granted"),
    (0xC0000022, "STATUS_ACCESS_DENIED", "access-denied"),
    (0xC0000418, "STATUS_NTLM_BLOCKED", "ntlm-blocked"),
    (0xC000035B, "STATUS_BAD_BINDINGS", "channel-binding-mismatch"),
    (0xC0000133, "STATUS_TIME_DIFFERENCE_AT_DC", "kerberos-clock-skew"),
    (0xC00002FA, "STATUS_SMARTCARD_LOGON_REQUIRED", "smartcard-required"),
    (0xC0000385, "STATUS_SMARTCARD_NO_CERTIFICATE", "sign-in-refused"),
    (0xC000005E, "STATUS_NO_LOGON_SERVERS", "no-logon-server"),
    (0xC00000DA, "STATUS_CANT_ACCESS_DOMAIN_INFO", "no-logon-server"),
    (0xC0000132, "STATUS_LOGON_SERVER_CONFLICT", "no-logon-server"),
    (0xC000018A, "STATUS_NO_TRUST_LSA_SECRET", "no-logon-server"),
    (0xC000018B, "STATUS_NO_TRUST_SAM_ACCOUNT", "no-logon-server"),
    (0xC000018C, "STATUS_TRUSTED_DOMAIN_FAILURE", "no-logon-server"),
    (0xC000018D, "STATUS_TRUSTED_RELATIONSHIP_FAILURE", "no-logon-server"),
    (0xC0000190, "STATUS_TRUST_FAILURE", "no-logon-server"),
    (0xC0000192, "STATUS_NETLOGON_NOT_STARTED", "no-logon-server"),
    (0xC000019B, "STATUS_DOMAIN_TRUST_INCONSISTENT", "no-logon-server"),
    (0xC0000233, "STATUS_DOMAIN_CONTROLLER_NOT_FOUND", "no-logon-server"),
    (0xC00002A6, "STATUS_DS_UNAVAILABLE", "no-logon-server"),
    # What has no explanation of its own is told in the words of the code table.
    (0xC0000017, "STATUS_NO_MEMORY", "sign-in-refused"),
    (0xC00000DC, "STATUS_INVALID_SERVER_STATE", "sign-in-refused"),
    (0xC0000388, "STATUS_DOWNGRADE_DETECTED", "sign-in-refused"),
    (0xC0000413, "STATUS_AUTHENTICATION_FIREWALL_FAILED", "sign-in-refused"),
    (0x80090302, "SEC_E_UNSUPPORTED_FUNCTION", "sign-in-refused"),
    (0xC0FFEE42, "unknown", "sign-in-refused"),
]


def case(code: int, name: str, identifier: str) -> Case:
    server = scripted(f"nla-refused:0x{code:08X}", "--password", SECRET)
    return Case(f"nla-0x{code:08X}", server, id=identifier, stage="authentication", args=TRUST,
                says=[name], never=["ERRCONNECT_PASSWORD_CERTAINLY_EXPIRED"])


CASES = [case(*row) for row in TABLE]

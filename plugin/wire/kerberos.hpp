// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>

#include "wire/reader.hpp"

namespace preflight::wire {

/// A Kerberos message by its kind; tickets, authenticators and keys in it are not read.
struct KerberosMessage {
    enum class Kind { ap_req, ap_rep, error, tgt_req, tgt_rep, as_rep, tgs_rep };
    Kind kind = Kind::ap_req;
    std::string realm;    ///< of the service; printable, may be empty
    std::string service;  ///< name of the service, such as TERMSRV/host; may be empty
    std::optional<std::int32_t> error_code;     ///< error-code of a KRB-ERROR, RFC 4120 7.5.9
    std::optional<std::int64_t> server_time;    ///< stime, seconds since 1970 in UTC
    std::optional<std::uint32_t> error_status;  ///< NTSTATUS in its e-data, [MS-KILE] 2.2.1
};

/// A Kerberos message as it stands in RFC 4120 section 5 (AP-REQ, AP-REP, AS-REP, TGS-REP,
/// KRB-ERROR); nothing where it is malformed or something else.
std::optional<KerberosMessage> parse_kerberos(Bytes message);

/// The same behind the token identifier of RFC 4121 section 4.1 (or of user-to-user).
std::optional<KerberosMessage> parse_kerberos_token(Bytes token);

/// The answer of a KDC proxy, KDC-PROXY-MESSAGE of [MS-KKDCP] 2.2.2.
std::optional<KerberosMessage> parse_kdc_proxy_message(Bytes message);

}  // namespace preflight::wire

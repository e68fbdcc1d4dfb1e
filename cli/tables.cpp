// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/tables.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace preflight::cli {
namespace {

bool is_hex_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_letter(char c) { return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// "C0000234", as the event log of Windows and people write it.
bool is_bare_hex(std::string_view text) {
    constexpr std::size_t digits = 8;
    return text.size() == digits && std::all_of(text.begin(), text.end(), is_hex_digit) &&
           std::any_of(text.begin(), text.end(), is_letter);
}

std::optional<std::int64_t> digits(std::string_view text, int base) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, base);
    if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
    return value;
}

}  // namespace

const std::vector<Table>& tables() {
    static const std::vector<Table> all = {
        {"freerdp", "FreeRDP's connect error", "", Writing::hex8,
         "freerdp.code freerdp.code_hex freerdp.name"},
        {"xfreerdp-exit", "exit code of xfreerdp", "an", Writing::decimal, ""},
        {"mstsc", "code of Microsoft's client", "a", Writing::hex, ""},
        {"mstsc-extended", "extended code of Microsoft's client", "an", Writing::hex, ""},
        {"errinfo", "error info that a host sends", "an", Writing::hex8, "session.error_info"},
        {"ntstatus", "Windows status (NTSTATUS)", "a", Writing::hex8,
         "authentication.error_code authentication.error_hex"},
        {"sspi", "result of a sign-in method (SSPI)", "a", Writing::hex8, "authentication.sspi"},
        {"gateway", "code of a Remote Desktop Gateway", "a", Writing::hex8,
         "gateway.error_code gateway.error_hex"},
        {"tls-alert", "TLS alert", "a", Writing::decimal, "tls.alert.code tls.alert.name"},
        {"tls-reason", "reason that OpenSSL gives", "a", Writing::text, "tls.error.reason"},
        {"x509", "result of OpenSSL's check of a certificate", "a", Writing::decimal,
         "certificate.verify.code"},
        {"neg-failure", "refusal in the negotiation (RDP_NEG_FAILURE)", "a", Writing::decimal,
         "negotiation.failure_code negotiation.failure_name"},
        {"license", "licence error", "a", Writing::decimal, "licensing.error_code"},
        {"http-gateway", "HTTP status of a Remote Desktop Gateway", "an", Writing::decimal,
         "gateway.http_status"},
        {"krb5", "Kerberos error", "a", Writing::decimal,
         "authentication.kerberos.error_code authentication.kerberos.library_error"},
        {"rdstls", "sign-in result of RDSTLS", "a", Writing::hex8, "authentication.rdstls_result"},
        {"logon-error", "message of the host's sign-in program", "a", Writing::hex8,
         "session.logon_error_type"},
        {"logon-error-data", "sign-in result inside a session", "a", Writing::hex8, ""},
        {"mcs-reason", "reason of an MCS goodbye", "a", Writing::decimal, "mcs.disconnect_reason"},
        {"mcs-result", "result of an MCS request", "a", Writing::decimal, "mcs.connect_result"},
        {"license-state", "state after a licence error", "a", Writing::decimal, ""},
        {"errno", "network error", "a", Writing::text, "tcp.error"},
    };
    return all;
}

const Table& log_table() {
    static const Table table{"log", "line of a client's log", "a", Writing::text, ""};
    return table;
}

const Table* find_table(std::string_view name) {
    for (const auto& table : tables())
        if (table.name == name) return &table;
    return nullptr;
}

std::string written(const Table& table, std::string_view key) {
    const auto value = digits(key, 10);
    if (!value || *value < 0 || table.writing == Writing::decimal || table.writing == Writing::text)
        return std::string(key);
    std::array<char, 24> text{};
    const char* form = table.writing == Writing::hex8 ? "0x%08llX" : "0x%llX";
    std::snprintf(text.data(), text.size(), form, static_cast<unsigned long long>(*value));
    return text.data();
}

std::optional<Number> read_number(std::string_view text) {
    const std::string as_written(text);
    while (text.size() > 1 && std::string_view("lLuU").find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        const auto value = digits(text.substr(2), 16);
        return value && *value >= 0 ? std::optional(Number{*value, true, as_written})
                                    : std::nullopt;
    }
    if (is_bare_hex(text)) return Number{*digits(text, 16), true, as_written};
    const auto value = digits(text, 10);
    if (!value || text[0] == '+') return std::nullopt;
    return Number{*value, false, as_written};
}

}  // namespace preflight::cli

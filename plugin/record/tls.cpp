// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/tls.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "wire/foreign.hpp"
#include "wire/text.hpp"
#include "wire/tls_handshake.hpp"
#include "wire/tls_names.hpp"
#include "wire/tls_record.hpp"

namespace preflight::record {
namespace {

constexpr int tls13 = 0x0304;
constexpr std::size_t most_certificates = 16;
constexpr std::size_t most_certificate_bytes = 64 * 1024;

std::vector<int> versions_of(const wire::ClientHello& hello, int configured_min) {
    if (!hello.versions.empty()) return hello.versions;
    // Without supported_versions a hello only tells the highest version.
    std::vector<int> versions;
    const int lowest = configured_min > 0 ? configured_min : hello.legacy_version;
    for (int version = hello.legacy_version; version >= std::max(lowest, 0x0300); --version)
        versions.push_back(version);
    return versions;
}

std::string code_text(unsigned long code) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "0x%08lX", code);
    return text.data();
}

/// Keeps as many certificates as fit, the server's own first.
void keep_chain(std::vector<std::vector<std::uint8_t>>& chain, std::span<const Bytes> sent) {
    chain.clear();
    std::size_t total = 0;
    for (const Bytes certificate : sent) {
        total += certificate.size();
        if (chain.size() == most_certificates || total > most_certificate_bytes) break;
        chain.emplace_back(certificate.begin(), certificate.end());
    }
}

}  // namespace

void TlsStep::configured(const TlsConfigured& event) {
    configured_min_ = event.min_version;
    if (event.security_level >= 0) facts.security_level = event.security_level;
    if (event.min_version > 0)
        facts.allowed_min_version = wire::tls_version_name(event.min_version);
    if (!event.sni.empty()) facts.sni = wire::printable(event.sni);
}

void TlsStep::message(Direction direction, int content_type, Bytes bytes, Scribe& scribe) {
    if (content_type == wire::content_type::handshake) handshake(direction, bytes, scribe);
    if (content_type == wire::content_type::alert) alert(direction, bytes, scribe);
}

void TlsStep::handshake(Direction direction, Bytes bytes, Scribe& scribe) {
    const int type = wire::handshake_type_of(bytes);
    if (type < 0) return;
    const std::string name = wire::handshake_name(type);
    (direction == Direction::sent ? facts.last_sent : facts.last_received) = name;
    std::string details;
    if (direction == Direction::sent && type == wire::handshake_type::client_hello)
        details = client_hello(bytes, scribe.at);
    if (direction == Direction::received) {
        if (type == wire::handshake_type::server_hello) details = server_hello(bytes);
        if (type == wire::handshake_type::certificate) details = certificate(bytes);
        if (type == wire::handshake_type::server_key_exchange) details = key_exchange(bytes);
    }
    scribe.note(direction, details.empty() ? name : name + " " + details);
}

void TlsStep::started_now(Moment at) {
    if (!started_at_) started_at_ = at;
    facts.started = true;
    facts.established = facts.established.value_or(false);
    facts.server.hello_seen = facts.server.hello_seen.value_or(false);
    facts.server.certificate_seen = facts.server.certificate_seen.value_or(false);
}

std::string TlsStep::client_hello(Bytes bytes, Moment at) {
    started_now(at);
    const auto hello = wire::parse_client_hello(bytes);
    if (!hello) return "(malformed)";
    const std::vector<int> versions = versions_of(*hello, configured_min_);
    facts.client.versions = wire::names_of(versions, wire::tls_version_name);
    facts.client.ciphers = wire::names_of(hello->ciphers, wire::cipher_suite_name);
    facts.client.groups = wire::names_of(hello->groups, wire::group_name);
    facts.client.signature_algorithms =
        wire::names_of(hello->signature_algorithms, wire::signature_algorithm_name);
    if (!hello->server_name.empty()) facts.sni = hello->server_name;
    if (versions.empty()) return {};
    const auto [lowest, highest] = std::minmax_element(versions.begin(), versions.end());
    const std::string max = wire::tls_version_name(*highest);
    facts.client.max_version = max;
    const bool min_known = !hello->versions.empty() || configured_min_ > 0;
    if (!min_known) return "up to " + max;
    facts.client.min_version = wire::tls_version_name(*lowest);
    return *lowest == *highest ? max : *facts.client.min_version + " to " + max;
}

std::string TlsStep::server_hello(Bytes bytes) {
    facts.server.hello_seen = true;
    const auto hello = wire::parse_server_hello(bytes);
    if (!hello) return "(malformed)";
    facts.server.version = wire::tls_version_name(hello->version);
    facts.server.cipher = wire::cipher_suite_name(hello->cipher);
    if (hello->group != 0) facts.server.group = wire::group_name(hello->group);
    facts.server.hello_retry = facts.server.hello_retry.value_or(false) || hello->hello_retry;
    // TLS 1.3 has no renegotiation, RFC 8446 4.1.2.
    if (hello->version < tls13) facts.server.secure_renegotiation = hello->renegotiation_info;
    return std::string(hello->hello_retry ? "(retry) " : "") + *facts.server.version + ", " +
           *facts.server.cipher;
}

std::string TlsStep::certificate(Bytes bytes) {
    facts.server.certificate_seen = true;
    const bool is_tls13 = facts.server.version == wire::tls_version_name(tls13);
    const auto certificates = wire::parse_certificate(bytes, is_tls13);
    if (!certificates) return "(malformed)";
    keep_chain(chain, *certificates);
    return "(" + std::to_string(certificates->size()) + ")";
}

std::string TlsStep::key_exchange(Bytes bytes) {
    const std::string cipher = facts.server.cipher.value_or("");
    if (cipher.find("_ECDHE_") != cipher.npos) {
        if (const auto exchange = wire::parse_elliptic_key_exchange(bytes))
            facts.server.group = wire::group_name(exchange->group);
    } else if (cipher.find("_DHE_") != cipher.npos && cipher.find("_PSK_") == cipher.npos) {
        if (const auto exchange = wire::parse_finite_field_key_exchange(bytes))
            facts.server.group = "DH " + std::to_string(exchange->prime_bits);
    } else {
        return {};
    }
    return facts.server.group.value_or("");
}

void TlsStep::alert(Direction direction, Bytes bytes, Scribe& scribe) {
    const auto alert = wire::parse_tls_alert(bytes);
    if (!alert) return encrypted_alert(direction, scribe);
    const bool fatal = alert->level == wire::fatal_level;
    const std::string_view name = wire::alert_name(alert->description);
    scribe.note(direction, std::string(fatal ? "alert " : "warning alert ") +
                               (name.empty() ? "unknown" : std::string(name)) + " (" +
                               std::to_string(alert->description) + ")");
    if (!fatal || facts.alert.code) return;
    facts.alert.direction = direction == Direction::sent ? "sent" : "received";
    facts.alert.level = "fatal";
    facts.alert.code = alert->description;
    if (!name.empty()) facts.alert.name = std::string(name);
    if (!is_established() && !ended_at_) ended_at_ = scribe.at;
}

void TlsStep::encrypted_alert(Direction direction, Scribe& scribe) {
    scribe.note(direction, "encrypted alert");
}

void TlsStep::established(const TlsEstablished& event, Scribe& scribe) {
    started_now(scribe.at);
    facts.established = true;
    ended_at_ = scribe.at;
    if (event.version != 0) facts.server.version = wire::tls_version_name(event.version);
    if (!event.cipher.empty()) facts.server.cipher = wire::printable(event.cipher);
    if (!event.group.empty() && !facts.server.group)
        facts.server.group = wire::printable(event.group);
    if (!event.chain.empty()) {
        const std::vector<Bytes> views(event.chain.begin(), event.chain.end());
        keep_chain(chain, views);
        facts.server.certificate_seen = true;
    }
    scribe.local("TLS established: " + facts.server.version.value_or("version unknown") + ", " +
                 facts.server.cipher.value_or("cipher unknown"));
}

void TlsStep::failed(const TlsFailed& event, Scribe& scribe) {
    failed_ = true;
    if (!is_established()) facts.established = false;
    if (!ended_at_) ended_at_ = scribe.at;
    if (event.code == 0 && event.reason.empty()) return scribe.local("TLS handshake given up");
    if (!facts.error.code) {
        if (event.code != 0) facts.error.code = code_text(event.code);
        if (!event.library.empty()) facts.error.library = wire::printable(event.library);
        if (!event.reason.empty()) facts.error.reason = wire::printable(event.reason);
    }
    scribe.local("TLS handshake failed: " + wire::printable(event.reason));
}

void TlsStep::other_reply(Bytes first, Scribe& scribe) {
    const std::string_view protocol = wire::protocol_of(first);
    if (protocol.empty()) return;
    if (!facts.reply_protocol) scribe.note(Direction::received, "no TLS: " + std::string(protocol));
    facts.reply_protocol = std::string(protocol == "TLS" ? "unknown" : protocol);
    facts.reply_banner = wire::banner_of(first);
    if (!ended_at_) ended_at_ = scribe.at;
}

std::int64_t TlsStep::duration_ms(Moment until) const {
    return started_at_ ? milliseconds(*started_at_, ended_at_.value_or(until)) : 0;
}

}  // namespace preflight::record

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay.hpp"

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "clean_text.hpp"
#include "diagnose/catalogue.hpp"
#include "report/report.hpp"

namespace preflight::test {
namespace {

using std::chrono::milliseconds;

constexpr std::uint32_t tls_connect_failed = 0x00020008;
constexpr std::uint32_t connect_transport_failed = 0x0002000d;
constexpr unsigned long unexpected_eof = 0x0a000126;  // OpenSSL 3, SSL_R_UNEXPECTED_EOF_...

Facts known_facts() {
    Facts known;
    known.client.program = "xfreerdp";
    known.client.freerdp_version = "3.15.0";
    known.client.security = {"RDP", "TLS", "NLA"};
    known.client.time = "2026-11-21T12:00:00Z";
    known.client.tls_observed = true;
    known.target.host = "127.0.0.1";
    known.target.port = 3389;
    known.target.is_address = true;
    return known;
}

const Catalogue& catalogue() {
    static const Catalogue all = Catalogue::builtin();
    return all;
}

std::string problem_of(const std::string& text, const std::string& json) {
    constexpr std::ptrdiff_t most_lines = 45;  // a screen; the longest example has 34
    if (!is_clean_text(text)) return "the text is not clean UTF-8";
    if (!is_clean_text(json)) return "the JSON is not clean UTF-8";
    if (std::count(text.begin(), text.end(), '\n') > most_lines) return "the text is too long";
    if (text.rfind("preflight: ", 0) != 0) return "the text does not begin as a report";
    if (!nlohmann::json::accept(json)) return "the JSON cannot be read";
    return {};
}

}  // namespace

Replay::Replay() : recorder_(known_facts(), now_) {}

void Replay::tell(const decltype(Observation::what)& what) {
    const bool general = std::holds_alternative<RoundBegan>(what) ||
                         std::holds_alternative<StateChanged>(what) ||
                         std::holds_alternative<ConnectEnded>(what);
    recorder_.observe({now_, general ? 0 : stream_, what});
}

void Replay::play(const Told& line) {
    now_ += milliseconds(1);
    if (std::holds_alternative<SocketOpened>(line.what)) ++stream_;
    if (std::holds_alternative<TlsConfigured>(line.what)) handshake_ = true;
    if (std::holds_alternative<TlsEstablished>(line.what)) handshake_ = false;
    tell(line.view());
}

void Replay::play(Lines lines) {
    for (const Told& line : lines) play(line);
}

void Replay::play_beginning(const Told& line, std::size_t size) {
    if (size == 0) return;
    Told beginning = line;
    beginning.bytes.resize(size);
    play(beginning);
}

void Replay::play_single_bytes(const Told& line) {
    now_ += milliseconds(1);
    Told single = line;
    for (const std::uint8_t byte : line.bytes) {
        single.bytes.assign(1, byte);
        tell(single.view());
    }
}

void Replay::end(End how, Direction noticed) {
    now_ += milliseconds(1);
    if (how == End::silent) return;
    const int errno_on_close = noticed == Direction::sent ? EPIPE : 0;
    tell(StreamEnded{Layer::wire, noticed, how == End::reset ? ECONNRESET : errno_on_close});
    const std::uint32_t code = handshake_ ? tls_connect_failed : connect_transport_failed;
    if (handshake_ && how == End::close)
        tell(TlsFailed{unexpected_eof, "SSL routines", "unexpected eof while reading"});
    else if (handshake_)
        tell(TlsFailed{});
    tell(ConnectEnded{
        -1,
        {code, handshake_ ? "ERRCONNECT_TLS_CONNECT_FAILED" : "ERRCONNECT_CONNECT_TRANSPORT_FAILED",
         ""}});
}

Report report_on(const Facts& facts) {
    const Explanation explanation = catalogue().explain(facts);
    const std::string text = render_text(explanation, facts, {});
    const std::string json = render_json(explanation, facts);
    return {problem_of(text, json), facts.outcome.value_or(""), facts.stage.value_or(""),
            explanation.cause.id, text};
}

}  // namespace preflight::test

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "story.hpp"

#include <cerrno>

namespace preflight::test {
namespace {

Octets be16(std::size_t value) {
    return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

Octets be24(std::size_t value) {
    return joined({{static_cast<std::uint8_t>(value >> 16)}, be16(value)});
}

Octets with_length16(const Octets& content) { return joined({be16(content.size()), content}); }

Octets handshake(std::uint8_t type, const Octets& body) {
    return joined({{type}, be24(body.size()), body});
}

Octets extension(int type, const Octets& data) {
    return joined({be16(static_cast<std::size_t>(type)), with_length16(data)});
}

/// A TPKT around the negotiation data of a connection confirm.
Octets confirm(const Octets& negotiation) {
    const auto header = static_cast<std::uint8_t>(6 + negotiation.size());
    const auto length = static_cast<std::uint8_t>(5 + header);
    return joined({{3, 0, 0, length, header}, hex("d0 0000 1234 00"), negotiation});
}

}  // namespace

Facts known_facts() {
    Facts known;
    known.client.program = "xfreerdp";
    known.client.freerdp_version = "3.15.0";
    known.client.security = {"RDP", "TLS", "NLA"};
    known.client.time = "2026-11-21T12:00:00Z";
    known.client.config_path = "/home/user/.config/freerdp";
    known.target.host = "win-srv01.example.org";
    known.target.port = 3389;
    known.target.is_address = false;
    return known;
}

Story::Story() : Story(known_facts()) {}
Story::Story(Facts known) : recorder_(std::move(known), now_) {}

Story& Story::after(int milliseconds) {
    now_ += std::chrono::milliseconds(milliseconds);
    return *this;
}

Story& Story::observe(decltype(Observation::what) what) {
    after(1);
    const bool general = std::holds_alternative<RoundBegan>(what) ||
                         std::holds_alternative<StateChanged>(what) ||
                         std::holds_alternative<ConnectEnded>(what);
    recorder_.observe({now_, general ? 0 : stream_, std::move(what)});
    return *this;
}

Story& Story::round() { return observe(RoundBegan{}); }
Story& Story::redirected_round() { return observe(RoundBegan{true}); }

Story& Story::socket(const std::string& address, std::uint32_t beside) {
    stream_ = ++streams_;
    const bool ipv6 = address.find(':') != address.npos;
    return observe(SocketOpened{address, 3389, ipv6, true, 0, beside});
}

Story& Story::on_stream(std::uint32_t stream) {
    stream_ = stream;
    return *this;
}

Story& Story::refused_socket(int error) {
    stream_ = ++streams_;
    return observe(SocketOpened{"", 0, false, false, error, 0});
}

Story& Story::sent(const Octets& bytes, Layer layer) {
    return observe(Transferred{layer, Direction::sent, bytes});
}

Story& Story::received(const Octets& bytes, Layer layer) {
    return observe(Transferred{layer, Direction::received, bytes});
}

Story& Story::received(std::string_view text) { return received(Octets(text.begin(), text.end())); }

Story& Story::request(std::uint32_t protocols) {
    return sent(joined({hex("0300002f 2ae0 0000 0000 00 436f6f6b69653a206d737473686173683d"),
                        Octets{'s', 'e', 'c', 'r', 'e', 't', 'u', 's', 'r'}, hex("0d0a 01000800"),
                        le32(protocols)}));
}

Story& Story::response(std::uint32_t protocol, std::uint8_t flags) {
    return received(confirm(joined({{2, flags}, le16(8), le32(protocol)})));
}

Story& Story::failure(std::uint32_t code) {
    return received(confirm(joined({{3, 0}, le16(8), le32(code)})));
}

Story& Story::plain_confirm() { return received(confirm({})); }

Story& Story::tls_message(Direction direction, int content_type, const Octets& bytes) {
    return observe(TlsMessage{direction, 0x0303, content_type, bytes});
}

Story& Story::configured(int security_level, int min_version) {
    return observe(TlsConfigured{security_level, min_version, 0, "win-srv01.example.org", false});
}

Story& Story::client_hello(const std::vector<int>& versions) {
    Octets list;
    for (const int version : versions)
        list = joined({list, be16(static_cast<std::size_t>(version))});
    const Octets extensions =
        joined({extension(43, joined({{static_cast<std::uint8_t>(list.size())}, list})),
                extension(10, hex("0004 001d 0017")), extension(13, hex("0004 0804 0401"))});
    const Octets body = joined(
        {hex("0303"), Octets(32, 7), hex("00 0004 1301 c030 0100"), with_length16(extensions)});
    return tls_message(Direction::sent, 22, handshake(1, body));
}

Story& Story::server_hello(int version, int cipher, bool renegotiation_info) {
    Octets extensions;
    const bool tls13 = version == 0x0304;
    if (tls13) extensions = joined({hex("002b0002 0304"), hex("00330004 001d 0000")});
    if (renegotiation_info) extensions = joined({extensions, hex("ff010001 00")});
    const Octets body = joined({be16(static_cast<std::size_t>(tls13 ? 0x0303 : version)),
                                Octets(32, 9),
                                {0},
                                be16(static_cast<std::size_t>(cipher)),
                                {0},
                                with_length16(extensions)});
    return tls_message(Direction::received, 22, handshake(2, body));
}

Story& Story::certificate(const std::vector<Octets>& chain) {
    Octets list;
    for (const auto& der : chain) list = joined({list, be24(der.size()), der});
    return tls_message(Direction::received, 22, handshake(11, joined({be24(list.size()), list})));
}

Story& Story::alert(Direction direction, int description, int level) {
    return tls_message(direction, 21,
                       {static_cast<std::uint8_t>(level), static_cast<std::uint8_t>(description)});
}

Story& Story::established(const std::vector<Octets>& chain, int version) {
    return observe(TlsEstablished{version, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "x25519",
                                  "BufferedSocket", chain});
}

Story& Story::tls_failed(unsigned long code, const std::string& reason) {
    return observe(TlsFailed{code, code ? "SSL routines" : "", reason});
}

Story& Story::reset() { return observe(StreamEnded{Layer::wire, Direction::received, ECONNRESET}); }

Story& Story::closed() { return observe(StreamEnded{Layer::wire, Direction::received, 0}); }

Story& Story::write_error(int error) {
    return observe(StreamEnded{Layer::wire, Direction::sent, error});
}

Story& Story::state(std::string_view name) { return observe(StateChanged{name}); }

Story& Story::result(int result, std::uint32_t code, const std::string& name) {
    return observe(ConnectEnded{result, {code, name, "text of " + name}});
}

Facts Story::facts() const { return recorder_.facts(now_); }

}  // namespace preflight::test

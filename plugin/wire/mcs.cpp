// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/mcs.hpp"

#include <array>

#include "wire/der.hpp"
#include "wire/per.hpp"
#include "wire/x224.hpp"

namespace preflight::wire {
namespace {

constexpr std::uint8_t tpkt_version = 3;
constexpr std::size_t tpkt_header = 4;

// X.224 section 13.2.2.2
constexpr std::uint8_t tpdu_data = 0xf0;
constexpr std::uint8_t tpdu_disconnect_request = 0x80;

// BER identifiers of the connect PDUs, T.125 section 7: [APPLICATION 101] and [APPLICATION 102]
constexpr std::uint16_t connect_initial = 0x7f65;
constexpr std::uint16_t connect_response = 0x7f66;

/// Numbers of the choices in DomainMCSPDU, T.125 section 7; they stand in the upper six bits.
enum Choice : std::uint8_t {
    erect_domain_request = 1,
    disconnect_provider_ultimatum = 8,
    attach_user_request = 10,
    attach_user_confirm = 11,
    channel_join_request = 14,
    channel_join_confirm = 15,
    send_data_request = 25,
    send_data_indication = 26,
};

constexpr std::uint16_t lowest_user = 1001;

bool read_fast_path_length(Reader& reader, std::size_t& length) {
    std::uint8_t first = 0;
    std::uint8_t second = 0;
    if (!reader.u8(first)) return false;
    length = first;
    if ((first & 0x80) == 0) return true;
    if (!reader.u8(second)) return false;
    length = (first & 0x7fu) << 8 | second;
    return true;
}

/// MCSPDU Connect-Response, [MS-RDPBCGR] 2.2.1.4; `reader` stands behind its identifier.
std::optional<McsPdu> parse_connect_response(Reader reader) {
    McsConnectResponse response;
    std::size_t length = 0;
    std::int64_t result = 0;
    std::int64_t connect_id = 0;
    Reader parameters;
    Reader user_data;
    if (!der::read_length(reader, length) || length > reader.size() ||
        !der::read_number(reader, der::enumerated, result))
        return std::nullopt;
    response.result = static_cast<std::uint8_t>(result);
    if (der::read_number(reader, der::integer, connect_id) &&
        der::read(reader, der::sequence, parameters) &&
        der::read(reader, der::octet_string, user_data))
        response.server = parse_gcc_response(user_data.rest());
    return response;
}

/// A result of four bits that begins in the last bit of the first octet, X.691 section 14.
bool read_result(Reader& reader, std::uint8_t first, std::uint8_t& result) {
    std::uint8_t second = 0;
    if (!reader.u8(second)) return false;
    result = static_cast<std::uint8_t>((first & 1) << 3 | second >> 5);
    return true;
}

constexpr bool has_optional(std::uint8_t first) { return first & 2; }

std::optional<McsPdu> parse_attach_user_confirm(Reader reader, std::uint8_t first) {
    McsAttachUserConfirm confirm;
    std::uint32_t user = 0;
    if (!read_result(reader, first, confirm.result)) return std::nullopt;
    if (has_optional(first)) {
        if (!per::read_u16(reader, lowest_user, user)) return std::nullopt;
        confirm.user = user;
    }
    return confirm;
}

std::optional<McsPdu> parse_channel_join_request(Reader reader) {
    McsChannelJoinRequest request;
    std::uint32_t initiator = 0;
    if (!per::read_u16(reader, lowest_user, initiator) ||
        !per::read_u16(reader, 0, request.channel))
        return std::nullopt;
    return request;
}

std::optional<McsPdu> parse_channel_join_confirm(Reader reader, std::uint8_t first) {
    McsChannelJoinConfirm confirm;
    std::uint32_t initiator = 0;
    if (!read_result(reader, first, confirm.result) ||
        !per::read_u16(reader, lowest_user, initiator) ||
        !per::read_u16(reader, 0, confirm.requested))
        return std::nullopt;
    return confirm;
}

std::optional<McsPdu> parse_send_data_request(Reader reader) {
    McsSendDataRequest request;
    std::uint32_t initiator = 0;
    if (!per::read_u16(reader, lowest_user, initiator) ||
        !per::read_u16(reader, 0, request.channel))
        return std::nullopt;
    return request;
}

std::optional<McsPdu> parse_send_data_indication(Reader reader) {
    McsSendDataIndication indication;
    std::uint32_t initiator = 0;
    Reader data;
    constexpr std::size_t priority_and_segmentation = 1;
    if (!per::read_u16(reader, lowest_user, initiator) ||
        !per::read_u16(reader, 0, indication.channel) || !reader.skip(priority_and_segmentation) ||
        !per::read_octets(reader, data))
        return std::nullopt;
    indication.data = data.rest();
    return indication;
}

/// A reason of three bits: two in the first octet, one in the second.
std::optional<McsPdu> parse_ultimatum(Reader reader, std::uint8_t first) {
    std::uint8_t second = 0;
    if (!reader.u8(second)) return std::nullopt;
    return McsDisconnectProviderUltimatum{
        static_cast<std::uint8_t>((first & 3) << 1 | second >> 7)};
}

std::optional<McsPdu> parse_domain_pdu(Reader reader) {
    std::uint8_t first = 0;
    if (!reader.u8(first)) return std::nullopt;
    const auto choice = static_cast<std::uint8_t>(first >> 2);
    switch (choice) {
        case erect_domain_request:
            return McsErectDomainRequest{};
        case disconnect_provider_ultimatum:
            return parse_ultimatum(reader, first);
        case attach_user_request:
            return McsAttachUserRequest{};
        case attach_user_confirm:
            return parse_attach_user_confirm(reader, first);
        case channel_join_request:
            return parse_channel_join_request(reader);
        case channel_join_confirm:
            return parse_channel_join_confirm(reader, first);
        case send_data_request:
            return parse_send_data_request(reader);
        case send_data_indication:
            return parse_send_data_indication(reader);
        default:
            return McsOther{choice};
    }
}

}  // namespace

Frame rdp_frame(Bytes bytes) {
    if (!bytes.empty() && bytes.front() == tpkt_version) return tpkt_frame(bytes);
    Reader reader(bytes);
    std::size_t length = 0;
    if (!reader.skip(1) || !read_fast_path_length(reader, length)) return {};
    // The action in the lowest two bits is 0 for fast-path; a PDU has a byte behind its header.
    if ((bytes.front() & 3) != 0 || length <= bytes.size() - reader.size())
        return {Frame::State::broken, 0};
    return {Frame::State::known, length};
}

bool is_fast_path(Bytes pdu) { return !pdu.empty() && (pdu.front() & 3) == 0; }

bool is_encrypted_fast_path(Bytes pdu) {
    constexpr std::uint8_t encrypted = 0x80;  // FASTPATH_OUTPUT_ENCRYPTED in the upper two bits
    return is_fast_path(pdu) && (pdu.front() & encrypted);
}

std::optional<McsPdu> parse_mcs(Bytes tpkt) {
    const Frame frame = tpkt_frame(tpkt);
    if (frame.state != Frame::State::known || frame.length != tpkt.size()) return std::nullopt;
    Reader reader(tpkt);
    Reader header;
    std::uint8_t code = 0;
    if (!reader.skip(tpkt_header) || !reader.vector8(header) || !header.u8(code))
        return std::nullopt;
    if ((code & 0xf0) == tpdu_disconnect_request) return X224DisconnectRequest{};
    if ((code & 0xf0) != tpdu_data) return std::nullopt;
    Reader connect = reader;
    std::uint16_t identifier = 0;
    if (connect.u16be(identifier) && identifier == connect_initial) return McsConnectInitial{};
    if (identifier == connect_response) return parse_connect_response(connect);
    return parse_domain_pdu(reader);
}

std::string_view mcs_result_name(std::uint8_t result) {
    // Result, T.125 section 7
    constexpr std::array<std::string_view, 16> names = {
        "rt-successful",          "rt-domain-merging",      "rt-domain-not-hierarchical",
        "rt-no-such-channel",     "rt-no-such-domain",      "rt-no-such-user",
        "rt-not-admitted",        "rt-other-user-id",       "rt-parameters-unacceptable",
        "rt-token-not-available", "rt-token-not-possessed", "rt-too-many-channels",
        "rt-too-many-tokens",     "rt-too-many-users",      "rt-unspecified-failure",
        "rt-user-rejected"};
    return result < names.size() ? names[result] : std::string_view();
}

std::string_view mcs_reason_name(std::uint8_t reason) {
    // Reason, T.125 section 7
    constexpr std::array<std::string_view, 5> names = {"rn-domain-disconnected",
                                                       "rn-provider-initiated", "rn-token-purged",
                                                       "rn-user-requested", "rn-channel-purged"};
    return reason < names.size() ? names[reason] : std::string_view();
}

}  // namespace preflight::wire

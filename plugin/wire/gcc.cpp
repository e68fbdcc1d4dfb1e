// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "wire/gcc.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "wire/per.hpp"

namespace preflight::wire {
namespace {

// [MS-RDPBCGR] 2.2.1.4.1: types of the data blocks
enum Block : std::uint16_t {
    sc_core = 0x0c01,
    sc_security = 0x0c02,
    sc_net = 0x0c03,
    sc_message_channel = 0x0c04,
    sc_multitransport = 0x0c08,
};

/// ConnectData of T.124 section 8.7: the choice of an object, of five octets, {itu-t(0)
/// recommendation(0) t(20) t124(124) version(0) 1}.
constexpr std::array<std::uint8_t, 7> t124_key = {0x00, 0x05, 0x00, 0x14, 0x7c, 0x00, 0x01};

/// conferenceCreateResponse among the choices of ConnectGCCPDU.
constexpr std::uint8_t conference_create_response = 0x14;

/// The non-standard key that a server's user data has, [MS-RDPBCGR] 2.2.1.4.
constexpr std::array<std::uint8_t, 4> server_key = {'M', 'c', 'D', 'n'};

constexpr std::uint16_t lowest_user = 1001;
constexpr std::uint16_t most_channels = 31;

bool expect(Reader& reader, Bytes expected) {
    Bytes found;
    return reader.bytes(expected.size(), found) &&
           std::equal(found.begin(), found.end(), expected.begin());
}

/// TS_UD_SC_CORE, 2.2.1.4.2: all but the version is optional.
bool read_core(Reader reader, GccServerData& data) {
    std::uint32_t value = 0;
    if (!reader.u32le(value)) return false;
    data.version = value;
    if (reader.u32le(value)) data.requested_protocols = value;
    if (reader.u32le(value)) data.early_capabilities = value;
    return true;
}

/// The kind of a SERVER_CERTIFICATE, 2.2.1.4.3.1: its version without the highest bit.
GccServerData::Certificate certificate_kind(Reader reader) {
    std::uint32_t version = 0;
    if (!reader.u32le(version)) return GccServerData::Certificate::none;
    switch (version & 0x7fffffff) {
        case 1:
            return GccServerData::Certificate::proprietary;
        case 2:
            return GccServerData::Certificate::x509;
        default:
            return GccServerData::Certificate::unknown;
    }
}

/// TS_UD_SC_SEC1, 2.2.1.4.3: the lengths and what they tell of are there only with encryption.
bool read_security(Reader reader, GccServerData& data) {
    std::uint32_t method = 0;
    std::uint32_t level = 0;
    std::uint32_t random_length = 0;
    std::uint32_t certificate_length = 0;
    Bytes certificate;
    if (!reader.u32le(method) || !reader.u32le(level)) return false;
    data.encryption_method = method;
    data.encryption_level = level;
    if (reader.u32le(random_length) && reader.u32le(certificate_length) &&
        reader.skip(random_length) && reader.bytes(certificate_length, certificate))
        data.certificate = certificate_kind(Reader(certificate));
    return true;
}

/// TS_UD_SC_NET, 2.2.1.4.4.
bool read_network(Reader reader, GccServerData& data) {
    std::uint16_t io_channel = 0;
    std::uint16_t count = 0;
    if (!reader.u16le(io_channel) || !reader.u16le(count)) return false;
    data.io_channel = io_channel;
    data.channels.clear();
    for (std::uint16_t i = 0; i < std::min(count, most_channels); ++i) {
        std::uint16_t channel = 0;
        if (!reader.u16le(channel)) return false;
        data.channels.push_back(channel);
    }
    return true;
}

bool read_block(std::uint16_t type, Reader reader, GccServerData& data) {
    std::uint16_t channel = 0;
    std::uint32_t flags = 0;
    switch (type) {
        case sc_core:
            return read_core(reader, data);
        case sc_security:
            return read_security(reader, data);
        case sc_net:
            return read_network(reader, data);
        case sc_message_channel:
            if (!reader.u16le(channel)) return false;
            data.message_channel = channel;
            return true;
        case sc_multitransport:
            if (!reader.u32le(flags)) return false;
            data.multitransport_flags = flags;
            return true;
        default:
            return true;
    }
}

/// The data blocks, each with a TS_UD_HEADER (2.2.1.3.1): type, length with the header.
bool read_blocks(Reader reader, GccServerData& data) {
    constexpr std::uint16_t header = 4;
    while (!reader.empty()) {
        std::uint16_t type = 0;
        std::uint16_t length = 0;
        Bytes block;
        if (!reader.u16le(type) || !reader.u16le(length) || length < header ||
            !reader.bytes(length - header, block) || !read_block(type, Reader(block), data))
            return false;
    }
    return true;
}

/// Behind the key: nodeID, tag, result, one set of user data with the server's key.
bool read_create_response(Reader& reader, GccServerData& data) {
    std::size_t connect_length = 0;
    std::uint8_t choice = 0;
    std::uint32_t node = 0;
    Reader tag;
    std::uint8_t result = 0;
    constexpr std::size_t number_of_sets_and_choice = 2;
    // The length of connectPDU is not to be trusted: Windows sends 0x2a whatever follows.
    if (!per::read_length(reader, connect_length) || !reader.u8(choice) ||
        choice != conference_create_response || !per::read_u16(reader, lowest_user, node) ||
        !per::read_octets(reader, tag) || !reader.u8(result) ||
        !reader.skip(number_of_sets_and_choice))
        return false;
    data.result = static_cast<std::uint8_t>(result >> 4 & 7);  // behind the bit for extensions
    // The key's length is counted from its lowest, four.
    constexpr std::size_t length_of_key = 1;
    return reader.skip(length_of_key) && expect(reader, server_key);
}

}  // namespace

std::optional<GccServerData> parse_gcc_response(Bytes user_data) {
    Reader reader(user_data);
    GccServerData data;
    Reader blocks;
    if (!expect(reader, t124_key) || !read_create_response(reader, data) ||
        !per::read_octets(reader, blocks) || !read_blocks(blocks, data))
        return std::nullopt;
    return data;
}

std::string rdp_version_name(std::uint32_t version) {
    constexpr std::uint32_t first_10 = 0x00080005;  // 10.0, [MS-RDPBCGR] 2.2.1.4.2
    constexpr std::uint32_t last_10 = 0x00080011;   // 10.12
    if (version == 0x00080001) return "4.0";
    if (version == 0x00080004) return "5.0 to 8.1";
    if (version >= first_10 && version <= last_10)
        return "10." + std::to_string(version - first_10);
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "0x%08x", static_cast<unsigned>(version));
    return buffer.data();
}

std::string_view encryption_method_name(std::uint32_t method) {
    switch (method) {
        case 0x00:
            return "none";
        case 0x01:
            return "40 bit";
        case 0x02:
            return "128 bit";
        case 0x08:
            return "56 bit";
        case 0x10:
            return "FIPS";
        default:
            return {};
    }
}

std::string_view encryption_level_name(std::uint32_t level) {
    constexpr std::array<std::string_view, 5> names = {"none", "low", "client compatible", "high",
                                                       "FIPS"};
    return level < names.size() ? names[level] : std::string_view();
}

}  // namespace preflight::wire

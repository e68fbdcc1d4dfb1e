// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "told.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base64.hpp"

namespace preflight::test {
namespace {

using Json = nlohmann::ordered_json;
using What = decltype(Observation::what);

constexpr std::string_view layers[] = {"wire", "plain", "tunnel", "inner"};
constexpr std::string_view directions[] = {"sent", "received"};

template <class Enum, std::size_t N>
Enum enum_of(const std::string_view (&names)[N], const std::string& name) {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name) return static_cast<Enum>(i);
    throw std::runtime_error("no such name: " + name);
}

std::string name_of(Layer layer) { return std::string(layers[static_cast<int>(layer)]); }
std::string name_of(Direction way) { return std::string(directions[static_cast<int>(way)]); }

/// One overload for each kind that a recording holds.
struct Writer {
    const Told& told;
    Json& json;

    void operator()(const RoundBegan& event) {
        json = {{"what", "round"}, {"redirected", event.redirected}};
    }
    void operator()(const SocketOpened& event) {
        json = {{"what", "socket"}, {"address", event.address}, {"connected", event.connected}};
    }
    void operator()(const Transferred& event) {
        json = {{"what", "bytes"},
                {"layer", name_of(event.layer)},
                {"way", name_of(event.direction)},
                {"bytes", base64(told.bytes)}};
        if (!told.step.empty()) json["step"] = told.step;
    }
    void operator()(const StreamEnded& event) {
        json = {{"what", "end"},
                {"layer", name_of(event.layer)},
                {"way", name_of(event.direction)},
                {"error", event.error}};
    }
    void operator()(const TlsConfigured& event) {
        json = {{"what", "tls-configured"},
                {"level", event.security_level},
                {"min", event.min_version},
                {"max", event.max_version}};
    }
    void operator()(const TlsMessage& event) {
        json = {{"what", "tls-message"},
                {"way", name_of(event.direction)},
                {"version", event.version},
                {"type", event.content_type},
                {"bytes", base64(told.bytes)}};
    }
    void operator()(const TlsEstablished& event) {
        json = {{"what", "tls-established"}, {"version", event.version}, {"cipher", event.cipher},
                {"group", event.group},      {"method", event.method},   {"chain", Json::array()}};
        for (const auto& der : event.chain) json["chain"].push_back(base64(der));
    }
    void operator()(const StateChanged&) { json = {{"what", "state"}, {"name", told.name}}; }
    void operator()(const ErrorInfoSeen& event) {
        json = {{"what", "error-info"}, {"code", event.code}, {"name", event.name}};
    }
    void operator()(const Activated&) { json = {{"what", "activated"}}; }
    template <class Other>
    void operator()(const Other&) {}
};

What read_bytes(const Json& json, Told& told) {
    told.bytes = from_base64(json.at("bytes").get<std::string>());
    told.step = json.value("step", "");
    return Transferred{enum_of<Layer>(layers, json.at("layer")),
                       enum_of<Direction>(directions, json.at("way")),
                       {}};
}

What read_tls_message(const Json& json, Told& told) {
    told.bytes = from_base64(json.at("bytes").get<std::string>());
    return TlsMessage{
        enum_of<Direction>(directions, json.at("way")), json.at("version"), json.at("type"), {}};
}

What read_established(const Json& json) {
    TlsEstablished event{
        json.at("version"), json.at("cipher"), json.at("group"), json.at("method"), {}};
    for (const auto& der : json.at("chain"))
        event.chain.push_back(from_base64(der.get<std::string>()));
    return event;
}

What read(const Json& json, Told& told) {
    const std::string what = json.at("what");
    if (what == "bytes") return read_bytes(json, told);
    if (what == "tls-message") return read_tls_message(json, told);
    if (what == "tls-established") return read_established(json);
    if (what == "round") return RoundBegan{json.at("redirected")};
    if (what == "socket")
        return SocketOpened{json.at("address"), 3389, false, json.at("connected"), 0};
    if (what == "tls-configured")
        return TlsConfigured{json.at("level"), json.at("min"), json.at("max"), ""};
    if (what == "error-info") return ErrorInfoSeen{json.at("code"), json.at("name"), ""};
    if (what == "activated") return Activated{};
    if (what == "end")
        return StreamEnded{enum_of<Layer>(layers, json.at("layer")),
                           enum_of<Direction>(directions, json.at("way")), json.at("error")};
    if (what != "state") throw std::runtime_error("no such line: " + what);
    told.name = json.at("name");
    return StateChanged{};
}

const Transferred* transfer(const Told& told) { return std::get_if<Transferred>(&told.what); }

}  // namespace

What Told::view() const {
    What result = what;
    if (auto* transferred = std::get_if<Transferred>(&result)) transferred->bytes = bytes;
    if (auto* message = std::get_if<TlsMessage>(&result)) message->bytes = bytes;
    if (auto* state = std::get_if<StateChanged>(&result)) state->name = name;
    return result;
}

bool Told::is_on_wire(Direction direction) const {
    const auto* event = transfer(*this);
    return event && event->layer == Layer::wire && event->direction == direction;
}

bool Told::is_plain_received() const {
    const auto* event = transfer(*this);
    return event && event->layer == Layer::plain && event->direction == Direction::received;
}

bool Told::is_tls_received() const {
    const auto* event = std::get_if<TlsMessage>(&what);
    return event && event->direction == Direction::received;
}

Told told(const What& what) {
    Told result{what, {}, {}, {}};
    const auto keep = [&](Bytes& view) {
        result.bytes.assign(view.begin(), view.end());
        view = {};
    };
    if (auto* transferred = std::get_if<Transferred>(&result.what)) keep(transferred->bytes);
    if (auto* message = std::get_if<TlsMessage>(&result.what)) keep(message->bytes);
    if (auto* state = std::get_if<StateChanged>(&result.what)) {
        result.name = state->name;
        state->name = {};
    }
    return result;
}

std::string line_of(const Told& told) {
    Json json;
    std::visit(Writer{told, json}, told.what);
    return json.is_null() ? std::string() : json.dump();
}

Told told_by(const std::string& line) {
    Told result;
    try {
        result.what = read(Json::parse(line), result);
    } catch (const Json::exception& problem) {
        throw std::runtime_error(problem.what());
    }
    return result;
}

std::vector<Told> read_recording(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error(path + " cannot be read");
    std::vector<Told> all;
    for (std::string line; std::getline(file, line);) all.push_back(told_by(line));
    return all;
}

}  // namespace preflight::test

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
//
// The table of scenarios: name, argument, one line, what is done and when.
#include "scenarios.hpp"

#include <charconv>
#include <chrono>
#include <map>
#include <thread>

namespace session {
namespace {

constexpr std::uint8_t provider_initiated = 1;
constexpr std::uint8_t user_requested = 3;  // what Windows sends after an Error Info
constexpr std::uint32_t total_abort = 1;    // ST_TOTAL_ABORT
constexpr double soon = 0.5;  // after activation: the client has drawn its window by then

/// The arguments of a scenario: numbers and words, separated by commas.
class Arguments {
  public:
    explicit Arguments(std::string_view text) {
        while (!text.empty()) {
            const auto comma = text.find(',');
            words_.emplace_back(text.substr(0, comma));
            text = comma == text.npos ? "" : text.substr(comma + 1);
        }
    }

    std::size_t size() const { return words_.size(); }
    std::string word(std::size_t index) const { return index < size() ? words_[index] : ""; }

    std::uint32_t number(std::size_t index, std::uint32_t otherwise = 0) const {
        std::string_view digits = index < size() ? std::string_view(words_[index]) : "";
        if (digits.empty()) return otherwise;
        const bool hex = digits.starts_with("0x");
        if (hex) digits.remove_prefix(2);
        std::uint32_t value = 0;
        const char* end = digits.data() + digits.size();
        const auto result = std::from_chars(digits.data(), end, value, hex ? 16 : 10);
        if (result.ec != std::errc{} || result.ptr != end) wrong_ = true;
        return value;
    }

    double seconds(std::size_t index, double otherwise) const {
        return index < size() ? number(index) : otherwise;
    }

    std::optional<Moment> moment(std::size_t index) const {
        static const std::map<std::string, Moment, std::less<>> names = {
            {"signed-in", Moment::signed_in},
            {"licensing", Moment::licensing},
            {"demand-active", Moment::demand_active},
            {"active", Moment::active}};
        const auto found = names.find(word(index));
        if (found == names.end()) return std::nullopt;
        return found->second;
    }

    bool wrong() const { return wrong_; }

  private:
    std::vector<std::string> words_;
    mutable bool wrong_ = false;
};

using Make = std::optional<Scenario> (*)(const Arguments&);
struct Row {
    Entry entry;
    std::size_t needs;  ///< so many arguments at least
    Make make;
};

std::function<void(Peer&)> error_info(std::uint32_t code) {
    return [code](Peer& peer) {
        peer.send_error_info(code);
        peer.send(disconnect_provider_ultimatum(user_requested));
        peer.close();
    };
}

std::function<void(Peer&)> ultimatum(std::uint32_t reason) {
    return [reason](Peer& peer) {
        peer.send(disconnect_provider_ultimatum(static_cast<std::uint8_t>(reason)));
        peer.close();
    };
}

std::function<void(Peer&)> logon_error(std::uint32_t type, std::uint32_t data, bool ends) {
    return [=](Peer& peer) {
        peer.send_logon_error(type, data);
        if (!ends) return;
        peer.send(disconnect_provider_ultimatum(provider_initiated));
        peer.close();
    };
}

Scenario redirection(Target target) {
    return {.moment = Moment::demand_active,
            .act =
                [target](Peer& peer) {
                    peer.send_redirection(target);
                    peer.silence();
                },
            .once = true};
}

template <auto Ending>
std::optional<Scenario> ends(const Arguments& a) {
    const auto moment = a.moment(0);
    if (!moment) return std::nullopt;
    const double usual = *moment == Moment::active ? soon : 0;
    return Scenario{*moment, a.seconds(1, usual), [](Peer& peer) { (peer.*Ending)(); }};
}

const std::vector<Row>& rows() {
    using A = const Arguments&;
    using S = std::optional<Scenario>;
    static const std::vector<Row> all = {
        {{"healthy", "", "a session that lasts until the client leaves"},
         0,
         [](A) -> S { return Scenario{}; }},
        {{"error-info", "CODE[,SECONDS]", "sends Set Error Info in the session, and closes"},
         1,
         [](A a) -> S {
             return Scenario{Moment::active, a.seconds(1, soon), error_info(a.number(0))};
         }},
        {{"error-info-only", "CODE", "sends Set Error Info in the session, which goes on"},
         1,
         [](A a) -> S {
             const auto code = a.number(0);
             return Scenario{Moment::active, soon,
                             [code](Peer& peer) { peer.send_error_info(code); }};
         }},
        {{"error-info-connect", "CODE", "sends Set Error Info before Demand Active, and closes"},
         1,
         [](A a) -> S {
             return Scenario{Moment::demand_active, 0, error_info(a.number(0))};
         }},
        {{"disconnected", "", "a healthy session that the user disconnects (Error Info 0x0B)"},
         0,
         [](A) -> S {
             return Scenario{Moment::active, 2, error_info(0x0B)};
         }},
        {{"logged-off", "", "a healthy session that the user logs off from (Error Info 0x0C)"},
         0,
         [](A) -> S {
             return Scenario{Moment::active, 2, error_info(0x0C)};
         }},
        {{"ultimatum", "REASON", "ends the session with a Disconnect Provider Ultimatum alone"},
         1,
         [](A a) -> S {
             return Scenario{Moment::active, soon, ultimatum(a.number(0))};
         }},
        {{"ultimatum-connect", "REASON", "the same before Demand Active"},
         1,
         [](A a) -> S {
             return Scenario{Moment::demand_active, 0, ultimatum(a.number(0))};
         }},
        {{"logon-error", "TYPE,DATA", "Save Session Info with LogonErrorInfo; the session goes on"},
         2,
         [](A a) -> S {
             return Scenario{Moment::active, soon, logon_error(a.number(0), a.number(1), false)};
         }},
        {{"logon-error-connect", "TYPE,DATA", "the same before Demand Active, and closes"},
         2,
         [](A a) -> S {
             return Scenario{Moment::demand_active, 0, logon_error(a.number(0), a.number(1), true)};
         }},
        {{"logon-error-end", "TYPE,DATA,CODE",
          "LogonErrorInfo in the session, which ends a moment later with this Error Info"},
         3,
         [](A a) -> S {
             const auto type = a.number(0), data = a.number(1), code = a.number(2);
             return Scenario{Moment::active, soon, [=](Peer& peer) {
                                 peer.send_logon_error(type, data);
                                 std::this_thread::sleep_for(std::chrono::milliseconds(300));
                                 error_info(code)(peer);
                             }};
         }},
        {{"redirect", "ADDRESS", "Server Redirection to this address; whoever comes back stays"},
         1,
         [](A a) -> S { return redirection({.address = a.word(0), .fqdn = {}, .netbios = {}}); }},
        {{"redirect-name", "FQDN", "Server Redirection to this name"},
         1,
         [](A a) -> S { return redirection({.address = {}, .fqdn = a.word(0), .netbios = {}}); }},
        {{"redirect-netbios", "NAME", "Server Redirection to this NetBIOS name"},
         1,
         [](A a) -> S { return redirection({.address = {}, .fqdn = {}, .netbios = a.word(0)}); }},
        {{"license", "CODE[,STATE]",
          "answers with this licensing error; closes if STATE is 1 (total abort)"},
         1,
         [](A a) -> S {
             const auto code = a.number(0), state = a.number(1, total_abort);
             return Scenario{Moment::licensing, 0, [=](Peer& peer) {
                                 peer.send(license_error(code, state));
                                 if (state != total_abort) peer.silence();
                                 peer.close();
                             }};
         }},
        {{"silent", "STEP", "says nothing more from this step on"}, 1, ends<&Peer::silence>},
        {{"freeze", "STEP[,SECONDS]", "says and reads nothing more"}, 1, ends<&Peer::freeze>},
        {{"close", "STEP[,SECONDS]", "closes in an orderly way"}, 1, ends<&Peer::close>},
        {{"drop", "STEP[,SECONDS]", "closes (FIN) without ending TLS"}, 1, ends<&Peer::drop>},
        {{"reset", "STEP[,SECONDS]", "resets the connection"}, 1, ends<&Peer::reset>},
    };
    return all;
}

}  // namespace

std::vector<Entry> all_entries() {
    std::vector<Entry> entries;
    for (const Row& row : rows()) entries.push_back(row.entry);
    return entries;
}

std::optional<Scenario> find_scenario(std::string_view words) {
    const auto mark = words.find_first_of("=:");
    const Arguments arguments(mark == words.npos ? "" : words.substr(mark + 1));
    for (const Row& row : rows()) {
        if (row.entry.name != words.substr(0, mark) || arguments.size() < row.needs) continue;
        auto scenario = row.make(arguments);
        return arguments.wrong() ? std::nullopt : scenario;
    }
    return std::nullopt;
}

}  // namespace session

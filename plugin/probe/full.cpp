// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/full.hpp"

#include <algorithm>

#include "probe/dial.hpp"
#include "probe/drive.hpp"

namespace preflight {
namespace {

using Clock = Observation::Clock;
using Kind = wire::ConnectionConfirm::Kind;

/// What is asked for, each on a connection of its own. A server is only asked for what its clients
/// would ask: NLA comes with TLS beside it, [MS-RDPBCGR] 2.2.1.1.1.
constexpr std::uint32_t wishes[] = {
    protocol::rdp,
    protocol::ssl,
    protocol::ssl | protocol::hybrid,
    protocol::ssl | protocol::hybrid | protocol::hybrid_ex,
    protocol::ssl | protocol::rdstls,
    protocol::rdsaad,
};

constexpr int tls_versions[] = {TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION};

bool promises_tls(const Exchange::Account& account) {
    return account.confirm && account.confirm->kind == Kind::response &&
           account.confirm->protocol != protocol::rdp;
}

/// One version only, at the lowest security level: the question is what the host takes, not what a
/// client should offer.
TlsContext one_version(int version) {
    return tls_context({.security_level = 0,
                        .min_version = version,
                        .max_version = version,
                        .ciphers = "ALL:@SECLEVEL=0"});
}

class Surveyor {
  public:
    Surveyor(const CheckPlan& plan, CheckAccount& quick) : plan_(plan), quick_(quick) {}

    Survey run() {
        survey_.protocols = quick_.asked;
        for (const int version : tls_versions) survey_.versions.push_back({version, false, {}});
        for (const auto& asked : quick_.asked)
            if (asked.account.tls_version) note_version(asked.account.tls_version, asked.account);
        ask_protocols();
        ask_versions();
        ask_addresses();
        return std::move(survey_);
    }

  private:
    std::size_t connections_left() const {
        return plan_.most > quick_.connections ? plan_.most - quick_.connections : 0;
    }

    bool known(std::uint32_t protocols) const {
        return std::any_of(survey_.protocols.begin(), survey_.protocols.end(),
                           [&](const auto& asked) { return asked.protocols == protocols; });
    }

    void note_version(int version, const Exchange::Account& account) {
        for (auto& each : survey_.versions)
            if (each.version == version) each = {version, true, account};
    }

    Question question(std::uint32_t protocols) const {
        Question question;
        question.address = quick_.resolved.addresses[quick_.chosen];
        question.port = plan_.port;
        question.protocols = protocols;
        question.server_name = plan_.server_name;
        question.challenge = false;
        return question;
    }

    /// Asks; where TLS is promised, for the next version that is not known yet.
    void ask(const std::vector<std::uint32_t>& all, std::vector<CheckAccount::Asked>* answers) {
        std::vector<std::unique_ptr<Exchange>> exchanges;
        std::vector<int> versions(all.size(), 0);
        for (std::size_t i = 0; i < all.size(); ++i) {
            Question next = question(all[i]);
            next.choose_tls = [this, &version = versions[i]] { return next_version(version); };
            exchanges.push_back(std::make_unique<Exchange>(std::move(next), Hearing{}));
        }
        const std::size_t started = drive(exchanges, plan_.at_once, plan_.until);
        for (std::size_t i = 0; i < started; ++i) {
            const bool over = exchanges[i]->over();
            survey_.out_of_time = survey_.out_of_time || !over;
            exchanges[i]->give_up();
            const Exchange::Account& account = exchanges[i]->account();
            add_cost(account);
            if (versions[i] && over) note_version(versions[i], account);
            const bool told = over || account.confirm;
            if (answers && told) answers->push_back({all[i], account});
        }
    }

    TlsContext next_version(int& version) {
        for (const int candidate : pending()) {
            if (std::find(under_way_.begin(), under_way_.end(), candidate) != under_way_.end())
                continue;
            under_way_.push_back(candidate);
            version = candidate;
            return one_version(candidate);
        }
        return nullptr;
    }

    std::vector<int> pending() const {
        std::vector<int> versions;
        for (const auto& each : survey_.versions)
            if (!each.asked) versions.push_back(each.version);
        return versions;
    }

    void add_cost(const Exchange::Account& account) {
        ++quick_.connections;
        quick_.sent += account.sent;
        quick_.received += account.received;
    }

    void ask_protocols() {
        std::vector<std::uint32_t> open;
        for (const std::uint32_t wish : wishes)
            if (!known(wish)) open.push_back(wish);
        open.resize(std::min(open.size(), connections_left()));
        ask(open, &survey_.protocols);
    }

    void ask_versions() {
        const auto& all = survey_.protocols;
        const auto tls = std::find_if(
            all.begin(), all.end(), [](const auto& asked) { return promises_tls(asked.account); });
        if (tls == all.end()) return survey_.versions.clear();
        const std::size_t count = std::min(pending().size(), connections_left());
        under_way_.clear();
        ask(std::vector<std::uint32_t>(count, tls->protocols), nullptr);
    }

    void ask_addresses() {
        auto& seen = quick_.addresses;
        const auto untried = [](const auto& address) { return !address.tried; };
        const auto count = static_cast<std::size_t>(
            std::count_if(seen.addresses.begin(), seen.addresses.end(), untried));
        const std::size_t dials = std::min({count, connections_left(), plan_.at_once});
        if (!dials) return;
        quick_.connections += dials;
        dial_all(quick_.resolved, dials, plan_.until, seen);
    }

    const CheckPlan& plan_;
    CheckAccount& quick_;
    Survey survey_;
    std::vector<int> under_way_;
};

}  // namespace

Survey check_fully(const CheckPlan& plan, CheckAccount& quick) {
    const Exchange::Account* const last = quick.last();
    if (!last || !last->connected) return {};
    return Surveyor(plan, quick).run();
}

}  // namespace preflight

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/quick.hpp"

#include <algorithm>
#include <cerrno>

#include "probe/dial.hpp"
#include "probe/drive.hpp"

namespace preflight {
namespace {

using Clock = Observation::Clock;

void tell(const Hearing& hear, decltype(Observation::what) what) {
    hear(Observation{Clock::now(), 0, std::move(what)});
}

std::chrono::milliseconds time_left(Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    return std::max(left, std::chrono::milliseconds(0));
}

/// The address that FreeRDP dials.
std::size_t choose(const Resolved& resolved, bool ipv4_first) {
    const auto& all = resolved.addresses;
    if (!ipv4_first) return 0;
    const auto found =
        std::find_if(all.begin(), all.end(), [](const auto& address) { return !address.ipv6; });
    return found == all.end() ? 0 : static_cast<std::size_t>(found - all.begin());
}

/// One after the other, as FreeRDP goes down when it is refused.
class Descent {
  public:
    Descent(const CheckPlan& plan, const Hearing& hear, CheckAccount& account)
        : plan_(plan), hear_(hear), account_(account) {}

    void run() {
        bool negotiate = true;
        for (const std::uint32_t protocols : steps()) {
            ask(protocols, negotiate || protocols != protocol::rdp);
            if (!refused()) return;
            const std::uint32_t code = account_.last()->confirm->failure_code;
            negotiate =
                code == refusal::ssl_not_allowed || code == refusal::ssl_certificate_missing;
        }
    }

  private:
    /// What the client asks for, in its order: all that it allows, then less.
    std::vector<std::uint32_t> steps() const {
        std::vector<std::uint32_t> all;
        if (plan_.protocols != 0) all.push_back(plan_.protocols);
        if ((plan_.protocols & protocol::ssl) && plan_.protocols != protocol::ssl)
            all.push_back(protocol::ssl);
        if (plan_.rdp || all.empty()) all.push_back(protocol::rdp);
        return all;
    }

    bool refused() const {
        const auto& confirm = account_.last()->confirm;
        return confirm && confirm->kind == wire::ConnectionConfirm::Kind::failure;
    }

    void ask(std::uint32_t protocols, bool negotiate) {
        Question question;
        question.stream = static_cast<std::uint32_t>(account_.connections) + 1;
        question.address = account_.resolved.addresses[account_.chosen];
        question.port = plan_.port;
        question.protocols = protocols;
        question.negotiate = negotiate;
        question.tls = plan_.tls;
        question.server_name = plan_.server_name;
        const std::unique_ptr<Exchange> exchange[] = {
            std::make_unique<Exchange>(std::move(question), hear_)};
        drive(exchange, 1, until());
        if (exchange[0]->account().connected) drive(exchange, 1, plan_.until);
        account_.out_of_time = !exchange[0]->over() && exchange[0]->account().connected;
        exchange[0]->give_up();
        note(exchange[0]->account(), protocols);
    }

    /// Another address of the host may answer where this one is silent: that takes time too.
    Clock::time_point until() const {
        const bool others = account_.resolved.addresses.size() > 1;
        if (!others || account_.connections > 0) return plan_.until;
        return Clock::now() + time_left(plan_.until) * 2 / 3;
    }

    void note(const Exchange::Account& cost, std::uint32_t protocols) {
        ++account_.connections;
        account_.round_trips += cost.round_trips;
        account_.sent += cost.sent;
        account_.received += cost.received;
        account_.flooded = cost.flooded;
        account_.asked.push_back({protocols, cost});
    }

    const CheckPlan& plan_;
    const Hearing& hear_;
    CheckAccount& account_;
};

/// Whether another address would have answered; and why this one did not.
void try_others(const CheckPlan& plan, const Hearing& hear, CheckAccount& account) {
    constexpr std::size_t others = 3;
    auto& chosen = account.addresses.addresses[account.chosen];
    chosen.tried = true;
    chosen.connected = account.last()->connected;
    chosen.error = account.last()->connect_error;
    if (chosen.connected || account.addresses.addresses.size() < 2) return;
    dial_all(account.resolved, others, plan.until, account.addresses);
    tell(hear, account.addresses);
}

}  // namespace

CheckAccount check_quickly(const CheckPlan& plan, const Hearing& hear) {
    CheckAccount account;
    tell(hear, RoundBegan{});
    account.resolved = resolve(plan.host, plan.port, time_left(plan.until));
    account.addresses = looked_up(account.resolved);
    account.addresses.first = true;
    account.addresses.looked_up = account.resolved.asked && !account.resolved.numeric;
    tell(hear, account.addresses);
    if (account.resolved.addresses.empty()) return account;
    account.chosen = choose(account.resolved, plan.ipv4_first);
    Descent(plan, hear, account).run();
    try_others(plan, hear, account);
    return account;
}

}  // namespace preflight

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/ask_again.hpp"

#include <algorithm>
#include <span>

#include "probe/drive.hpp"

namespace preflight {
namespace {

using Clock = Observation::Clock;
using Answer = AskedAgain::Answer;
using Exchanges = std::span<const std::unique_ptr<Exchange>>;

/// How often it is looked whether somebody wants us to stop.
constexpr std::chrono::milliseconds slice{50};

bool promises_tls(const wire::ConnectionConfirm& confirm) {
    return confirm.kind == wire::ConnectionConfirm::Kind::response &&
           confirm.protocol != protocol::rdp;
}

/// Whether nothing is missing in the answer.
bool is_whole(const AgainQuestion& question, const Exchange::Account& account) {
    if (!account.confirm) return false;
    return question.wants_tls ? account.handshake_done
                              : account.confirm->kind != wire::ConnectionConfirm::Kind::failure;
}

/// One question under way.
struct Asked {
    const AgainQuestion* question;
    std::unique_ptr<Exchange> exchange;
    std::unique_ptr<std::string> cipher = std::make_unique<std::string>();
};

Answer answer_of(const Asked& asked) {
    const Exchange::Account& account = asked.exchange->account();
    const auto& confirm = account.confirm;
    Answer answer;
    answer.question = asked.question->question;
    answer.connected = account.connected;
    answer.negotiated = confirm.has_value();
    answer.refused = confirm && confirm->kind == wire::ConnectionConfirm::Kind::failure;
    answer.wants_tls = asked.question->wants_tls && (!confirm || promises_tls(*confirm));
    answer.established = account.handshake_done;
    answer.tls_version = account.tls_version;
    answer.cipher = *asked.cipher;
    if (account.alert) answer.alert = *account.alert;
    answer.end = account.end;
    return answer;
}

class Asker {
  public:
    explicit Asker(const AgainPlan& plan)
        : plan_(plan),
          start_(Clock::now()),
          resolved_(resolve(plan.address, plan.port, std::chrono::milliseconds(0))) {}

    AskedAgain run() {
        if (!resolved_.addresses.empty()) go();
        result_.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_);
        return std::move(result_);
    }

  private:
    void go() {
        if (ask({&plan_.same}, start_ + plan_.limit / 3)) return;
        std::vector<const AgainQuestion*> others;
        for (const AgainQuestion& other : plan_.others)
            if (others.size() < AgainPlan::most_others) others.push_back(&other);
        const bool differs = ask(others, start_ + plan_.limit * 2 / 3);
        if (differs)
            ask({&plan_.same}, start_ + plan_.limit);
        else if (plan_.last)
            ask({&*plan_.last}, start_ + plan_.limit);
    }

    /// Asks all at once; whether any was answered as a whole.
    bool ask(const std::vector<const AgainQuestion*>& questions, Clock::time_point until) {
        if (stopped()) return false;
        std::vector<Asked> asked;
        std::vector<std::unique_ptr<Exchange>> exchanges;
        for (const AgainQuestion* question : questions) {
            asked.push_back({question, nullptr});
            exchanges.push_back(prepare(*question, *asked.back().cipher));
        }
        drive_until(exchanges, until);
        bool whole = false;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            asked[i].exchange = std::move(exchanges[i]);
            whole = note(asked[i]) || whole;
        }
        return whole;
    }

    bool note(Asked& asked) {
        // An answer counts only where its question had its time.
        if (!asked.exchange->over() && stopped()) return false;
        asked.exchange->give_up();
        result_.answers.push_back(answer_of(asked));
        return is_whole(*asked.question, asked.exchange->account());
    }

    std::unique_ptr<Exchange> prepare(const AgainQuestion& asked, std::string& cipher) const {
        Question question;
        question.address = resolved_.addresses.front();
        question.port = plan_.port;
        question.protocols = asked.protocols;
        question.negotiate = asked.negotiate;
        question.server_name = plan_.server_name;
        question.challenge = false;
        if (asked.wants_tls)
            question.choose_tls = [&offer = asked.offer] { return tls_context(offer); };
        return std::make_unique<Exchange>(std::move(question), [&cipher](const Observation& seen) {
            if (const auto* done = std::get_if<TlsEstablished>(&seen.what)) cipher = done->cipher;
        });
    }

    void drive_until(Exchanges exchanges, Clock::time_point until) const {
        const auto over = [](const auto& exchange) { return exchange->over(); };
        while (Clock::now() < until && !stopped()) {
            drive(exchanges, exchanges.size(), std::min(until, Clock::now() + slice));
            if (std::all_of(exchanges.begin(), exchanges.end(), over)) return;
        }
    }

    bool stopped() const { return plan_.stopped && plan_.stopped(); }

    const AgainPlan& plan_;
    Clock::time_point start_;
    Resolved resolved_;
    AskedAgain result_;
};

}  // namespace

AskedAgain ask_again(const AgainPlan& plan) { return Asker(plan).run(); }

}  // namespace preflight

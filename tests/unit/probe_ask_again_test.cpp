// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/ask_again.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "cmocka.hpp"
#include "probe/messages.hpp"
#include "record/ask_again.hpp"

using namespace preflight;
using namespace std::chrono_literals;

namespace {

using Question = AskedAgain::Question;

/// Hangs up at the first requests, answers those after them with "TLS"; or says nothing at all.
class Host {
  public:
    explicit Host(int hang_ups, bool silent = false) : hang_ups_(hang_ups), silent_(silent) {
        fd_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        assert_int_equal(bind(fd_, any, size), 0);
        assert_int_equal(listen(fd_, 8), 0);
        assert_int_equal(getsockname(fd_, any, &size), 0);
        port = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~Host() {
        ends_ = true;
        thread_.join();
        close(fd_);
        for (const int fd : held_) close(fd);
    }
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    std::uint16_t port = 0;
    std::atomic<int> connections{0};

  private:
    void serve() {
        while (!ends_) {
            pollfd waiting{fd_, POLLIN, 0};
            if (poll(&waiting, 1, 20) <= 0) continue;
            const int fd = accept(fd_, nullptr, nullptr);
            if (fd < 0) continue;
            const int number = ++connections;
            if (silent_) {
                held_.push_back(fd);
                continue;
            }
            char request[64];
            (void)!recv(fd, request, sizeof request, 0);
            static constexpr std::uint8_t tls[] = {3, 0, 0, 19, 14, 0xD0, 0, 0, 0, 0,
                                                   0, 2, 0, 8,  0,  1,    0, 0, 0};
            if (number > hang_ups_) (void)!write(fd, tls, sizeof tls);
            close(fd);
        }
    }

    int hang_ups_;
    bool silent_;
    int fd_ = -1;
    std::atomic<bool> ends_{false};
    std::vector<int> held_;
    std::thread thread_;
};

AgainPlan plan_for(const Host& host) {
    AgainPlan plan;
    plan.address = "127.0.0.1";
    plan.port = host.port;
    plan.same = {Question::same, protocol::ssl | protocol::hybrid, true, false, {}};
    plan.others = {{Question::tls, protocol::ssl, true, false, {}},
                   {Question::rdp, protocol::rdp, false, false, {}}};
    return plan;
}

void a_host_that_answers_now_is_asked_once(void**) {
    const Host host(0);
    const AgainFacts facts = record::again_facts(ask_again(plan_for(host)));
    assert_int_equal(*facts.connections, 1);
    assert_string_equal(facts.same->c_str(), "answered");
    assert_false(facts.tls.has_value());
    assert_int_equal(host.connections, 1);
}

void what_differs_is_checked_against_chance(void**) {
    const Host host(1);  // whatever is asked, only the first one fails
    const AgainFacts facts = record::again_facts(ask_again(plan_for(host)));
    assert_int_equal(*facts.connections, 4);
    assert_string_equal(facts.same->c_str(), "answered");
    assert_string_equal(facts.answers.front().c_str(), "the same once more: closed");
    assert_string_equal(facts.answers.back().c_str(), "the same once more: answered");
}

void nothing_is_answered(void**) {
    const Host host(99);
    const AgainFacts facts = record::again_facts(ask_again(plan_for(host)));
    assert_int_equal(*facts.connections, 3);
    assert_string_equal(facts.same->c_str(), "broke off");
    assert_string_equal(facts.tls->c_str(), "broke off");
    assert_string_equal(facts.rdp->c_str(), "broke off");
    assert_true(facts.accepts.empty());
}

void silence_costs_no_more_than_the_limit(void**) {
    const Host host(0, true);
    AgainPlan plan = plan_for(host);
    plan.limit = 300ms;
    const auto start = std::chrono::steady_clock::now();
    const AgainFacts facts = record::again_facts(ask_again(plan));
    assert_true(std::chrono::steady_clock::now() - start < 1s);
    assert_string_equal(facts.same->c_str(), "silent");
    assert_string_equal(facts.tls->c_str(), "silent");
}

void who_wants_to_leave_does_not_wait(void**) {
    const Host host(0, true);
    AgainPlan plan = plan_for(host);
    const auto start = std::chrono::steady_clock::now();
    plan.stopped = [&] { return std::chrono::steady_clock::now() - start > 100ms; };
    const AskedAgain asked = ask_again(plan);
    assert_true(std::chrono::steady_clock::now() - start < 1s);
    assert_true(asked.answers.empty());
    assert_false(record::again_facts(asked).connections.has_value());
}

void a_port_that_is_closed_meanwhile(void**) {
    AgainPlan plan;
    {
        const Host host(0);
        plan = plan_for(host);
    }
    const AgainFacts facts = record::again_facts(ask_again(plan));
    assert_string_equal(facts.same->c_str(), "not connected");
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_host_that_answers_now_is_asked_once),
        cmocka_unit_test(what_differs_is_checked_against_chance),
        cmocka_unit_test(nothing_is_answered),
        cmocka_unit_test(silence_costs_no_more_than_the_limit),
        cmocka_unit_test(who_wants_to_leave_does_not_wait),
        cmocka_unit_test(a_port_that_is_closed_meanwhile),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "probe/look_again.hpp"

using namespace preflight;
using namespace std::chrono_literals;

/// Stands before the C library's: the name "slow.test" takes a while, "unknown.test" is not known,
/// "both.test" has an address of each family.
extern "C" int getaddrinfo(const char* host, const char* service, const addrinfo* hints,
                           addrinfo** result) {
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    const bool numeric = hints && (hints->ai_flags & AI_NUMERICHOST);
    if (numeric) return real(host, service, hints, result);
    if (!std::strcmp(host, "unknown.test")) return EAI_NONAME;
    if (!std::strcmp(host, "slow.test")) std::this_thread::sleep_for(700ms);
    if (std::strcmp(host, "both.test")) return EAI_AGAIN;
    addrinfo* ipv4 = nullptr;
    if (real("::1", service, hints, result)) return EAI_FAIL;
    if (real("127.0.0.1", service, hints, &ipv4)) return EAI_FAIL;
    (*result)->ai_next = ipv4;  // both lists stay allocated: freeaddrinfo takes the chain
    return 0;
}

namespace {

class Port {
  public:
    explicit Port(bool listens, int backlog = 8) : fd(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        assert_int_equal(bind(fd, any, size), 0);
        if (listens) assert_int_equal(listen(fd, backlog), 0);
        assert_int_equal(getsockname(fd, any, &size), 0);
        number = ntohs(address.sin_port);
    }
    ~Port() { close(fd); }
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;

    int fd;
    std::uint16_t number = 0;
};

void an_open_port_is_connected_and_nothing_is_sent(void**) {
    const Port port(true);
    const LookedAgain seen = look_again("127.0.0.1", port.number, {});
    assert_true(seen.looked_up);
    assert_int_equal(seen.addresses.size(), 1);
    assert_string_equal(seen.addresses[0].address.c_str(), "127.0.0.1");
    assert_true(seen.addresses[0].connected);
    assert_int_equal(seen.addresses[0].error, 0);
    const int peer = accept(port.fd, nullptr, nullptr);
    char byte;
    assert_int_equal(read(peer, &byte, 1), 0);
    close(peer);
}

void a_closed_port_refuses(void**) {
    const Port port(false);
    const LookedAgain seen = look_again("127.0.0.1", port.number, {});
    assert_true(seen.addresses[0].tried);
    assert_false(seen.addresses[0].connected);
    assert_int_equal(seen.addresses[0].error, ECONNREFUSED);
}

/// A listener whose queue is full answers nothing.
void a_port_without_answer_is_given_up_at_the_limit(void**) {
    const Port port(true, 0);
    const LookLimits limits{.connect = 200ms};
    for (int i = 0; i < 4; ++i) {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port.number);
        connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
    }
    const auto before = std::chrono::steady_clock::now();
    const LookedAgain seen = look_again("127.0.0.1", port.number, limits);
    const auto took = std::chrono::steady_clock::now() - before;
    assert_int_equal(seen.addresses[0].error, ETIMEDOUT);
    assert_true(took >= 190ms && took < 2s);
}

void an_unknown_name_has_its_code(void**) {
    const LookedAgain seen = look_again("unknown.test", 3389, {});
    assert_true(seen.looked_up);
    assert_false(seen.lookup_timeout);
    assert_int_equal(seen.lookup_error, EAI_NONAME);
    assert_true(seen.addresses.empty());
}

void a_resolver_without_answer_is_left_behind(void**) {
    const auto before = std::chrono::steady_clock::now();
    const LookedAgain seen = look_again("slow.test", 3389, {.lookup = 100ms});
    assert_true(std::chrono::steady_clock::now() - before < 600ms);
    assert_true(seen.lookup_timeout);
    std::this_thread::sleep_for(900ms);  // the resolver comes back to nobody
}

/// One family answers, the other does not.
void each_family_is_tried(void**) {
    const Port port(true);
    const LookedAgain seen = look_again("both.test", port.number, {.addresses = 2});
    assert_int_equal(seen.addresses.size(), 2);
    assert_true(seen.addresses[0].ipv6);
    assert_true(seen.addresses[0].tried);
    assert_false(seen.addresses[0].connected);
    assert_true(seen.addresses[1].connected);
}

void only_so_many_addresses_are_tried(void**) {
    const Port port(true);
    const LookedAgain seen = look_again("both.test", port.number, {.addresses = 1});
    assert_int_equal(seen.addresses[0].tried + seen.addresses[1].tried, 1);
    const LookedAgain none = look_again("both.test", port.number, {.connect_at_all = false});
    assert_int_equal(none.addresses.size(), 2);
    assert_false(none.addresses[0].tried || none.addresses[1].tried);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(an_open_port_is_connected_and_nothing_is_sent),
        cmocka_unit_test(a_closed_port_refuses),
        cmocka_unit_test(a_port_without_answer_is_given_up_at_the_limit),
        cmocka_unit_test(an_unknown_name_has_its_code),
        cmocka_unit_test(a_resolver_without_answer_is_left_behind),
        cmocka_unit_test(each_family_is_tried),
        cmocka_unit_test(only_so_many_addresses_are_tried),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}

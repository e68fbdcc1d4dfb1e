// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
//
// rdp-scripted-server: an RDP server that goes wrong in one chosen way. Listens on loopback only,
// and ends by itself.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

#include "connection.hpp"
#include "credssp.hpp"
#include "identity.hpp"
#include "scenarios.hpp"

namespace {

using namespace scripted;
using Clock = std::chrono::steady_clock;

struct Options {
    std::string scenario;
    std::string ca_file;
    std::string password = "password";
    std::string computer;
    int port = 0;
    int connections = 32;
    int seconds = 60;
    bool ipv6 = false;
    bool print_port = false;
    bool verbose = false;
    bool list = false;
};

constexpr const char* usage =
    "usage: rdp-scripted-server [option...] SCENARIO\n"
    "  --port N         port on loopback; 0 (default): any free one\n"
    "  --print-port     print the port on a line of its own, once it listens\n"
    "  --ipv6           listen on ::1 instead of 127.0.0.1\n"
    "  --connections N  end after N connections (32)\n"
    "  --seconds N      end after N seconds (60)\n"
    "  --ca-file FILE   write the certificate of its authority there, as PEM\n"
    "  --password WORD  what the client must know, where NLA gets that far (password)\n"
    "  --computer NAME  what NTLM calls it (WIN-SRV01)\n"
    "  --verbose        tell on stderr what each client asked for\n"
    "  --list           print the scenarios\n";

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        const auto value = [&]() -> std::string {
            if (++i >= argc) throw std::invalid_argument(argument + " wants a value");
            return argv[i];
        };
        if (argument == "--port")
            options.port = std::stoi(value());
        else if (argument == "--connections")
            options.connections = std::stoi(value());
        else if (argument == "--seconds")
            options.seconds = std::stoi(value());
        else if (argument == "--ca-file")
            options.ca_file = value();
        else if (argument == "--password")
            options.password = value();
        else if (argument == "--computer")
            options.computer = value();
        else if (argument == "--ipv6")
            options.ipv6 = true;
        else if (argument == "--print-port")
            options.print_port = true;
        else if (argument == "--verbose")
            options.verbose = true;
        else if (argument == "--list")
            options.list = true;
        else if (argument.starts_with("--"))
            throw std::invalid_argument("unknown: " + argument);
        else
            options.scenario = argument;
    }
    return options;
}

void print_list() {
    for (const Scenario& scenario : all_scenarios())
        std::printf("%-26s %s\n", scenario.name.c_str(), scenario.description.c_str());
    for (const Family& family : all_families())
        std::printf("%-26s %s\n", (family.name + ":CODE").c_str(), family.description.c_str());
}

/// A listening socket on loopback; `port` becomes the one really taken.
int listen_on(int& port, bool ipv6) {
    const int fd = socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(static_cast<std::uint16_t>(port));
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = v4.sin_port;
    v6.sin6_addr = in6addr_loopback;
    auto* address = ipv6 ? reinterpret_cast<sockaddr*>(&v6) : reinterpret_cast<sockaddr*>(&v4);
    socklen_t size = ipv6 ? sizeof v6 : sizeof v4;
    if (fd < 0 || bind(fd, address, size) != 0 || listen(fd, 16) != 0)
        throw std::runtime_error("cannot listen on port " + std::to_string(port));
    getsockname(fd, address, &size);
    port = ntohs(ipv6 ? v6.sin6_port : v4.sin_port);
    return fd;
}

/// Accepts until the limits are reached.
void run(Stage& stage, int listener, const Options& options) {
    const auto end = Clock::now() + std::chrono::seconds(options.seconds);
    for (int served = 0; served < options.connections; ++served) {
        using std::chrono::milliseconds;
        const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now()).count();
        pollfd waiting{listener, POLLIN, 0};
        if (left <= 0 || poll(&waiting, 1, static_cast<int>(left)) <= 0) return;
        const int fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) continue;
        const int seconds = static_cast<int>(left / 1000) + 1;
        std::thread(serve, std::ref(stage), fd, seconds, options.verbose).detach();
    }
    std::this_thread::sleep_until(std::min(end, Clock::now() + std::chrono::seconds(2)));
}

int guarded(int argc, char** argv) {
    Options options = parse(argc, argv);
    if (options.list) return print_list(), 0;
    const auto scenario = find_scenario(options.scenario);
    if (!scenario) return std::fputs(usage, stderr), 2;
    expect_password(options.password);
    call_host(options.computer);
    static Stage stage(*scenario);  // detached threads may still use it at exit
    if (!options.ca_file.empty()) write_authority(options.ca_file);
    const int listener = listen_on(options.port, options.ipv6);
    if (options.print_port) std::printf("%d\n", options.port);
    std::fflush(stdout);
    run(stage, listener, options);
    std::_Exit(0);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return guarded(argc, argv);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "rdp-scripted-server: %s\n%s", problem.what(), usage);
        return 2;
    }
}

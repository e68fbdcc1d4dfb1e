// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
//
// preflight-session-server: a real RDP server (FreeRDP's own server side) that goes all the way to
// a session, and wrong where a scenario says so. Listens on loopback only, and ends by itself.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <winpr/ntlm.h>
#include <winpr/ssl.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "../server/identity.hpp"
#include "peer.hpp"
#include "scenarios.hpp"

namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

struct Options {
    std::string scenario;
    std::string then;
    std::string security = "tls";
    std::string user = "user";
    std::string password = "password";
    int port = 0;
    int connections = 32;
    int seconds = 60;
    bool print_port = false;
    bool announced_only = false;
    bool leave = false;
    bool verbose = false;
    bool list = false;
};

constexpr const char* usage =
    "usage: preflight-session-server [option...] SCENARIO[=ARGUMENT]\n"
    "  --port N          port on loopback; 0 (default): any free one\n"
    "  --print-port      print the port on a line of its own, once it listens\n"
    "  --security KIND   tls (default), nla or rdp\n"
    "  --user NAME, --password WORD   who may sign in with NLA (user, password)\n"
    "  --then SCENARIO   what later clients meet, once the first has met the scenario\n"
    "  --leave           listen no more, once the first client has met the scenario\n"
    "  --announced-only  Set Error Info only to clients that announce support for it\n"
    "  --connections N   end after N connections (32)\n"
    "  --seconds N       end after N seconds (60)\n"
    "  --verbose         show what FreeRDP logs\n"
    "  --list            print the scenarios\n"
    "STEP is one of signed-in, licensing, demand-active, active.\n";

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
        else if (argument == "--then")
            options.then = value();
        else if (argument == "--security")
            options.security = value();
        else if (argument == "--user")
            options.user = value();
        else if (argument == "--password")
            options.password = value();
        else if (argument == "--connections")
            options.connections = std::stoi(value());
        else if (argument == "--seconds")
            options.seconds = std::stoi(value());
        else if (argument == "--print-port")
            options.print_port = true;
        else if (argument == "--leave")
            options.leave = true;
        else if (argument == "--announced-only")
            options.announced_only = true;
        else if (argument == "--verbose")
            options.verbose = true;
        else if (argument == "--list")
            options.list = true;
        else if (argument.starts_with("--"))
            throw std::invalid_argument("unknown: " + argument);
        else
            options.scenario = argument;
    }
    if (options.security != "tls" && options.security != "nla" && options.security != "rdp")
        throw std::invalid_argument("--security is tls, nla or rdp");
    return options;
}

void print_list() {
    for (const session::Entry& entry : session::all_entries()) {
        const std::string name =
            entry.argument.empty() ? entry.name : entry.name + "=" + entry.argument;
        std::printf("%-30s %s\n", name.c_str(), entry.description.c_str());
    }
}

/// A new certificate and its key, as PEM.
session::Identity make_identity() {
    const scripted::Credentials made = scripted::make_credentials({});
    const auto text = [](auto write) {
        BIO* memory = BIO_new(BIO_s_mem());
        write(memory);
        char* data = nullptr;
        const long size = BIO_get_mem_data(memory, &data);
        const std::string pem(data, static_cast<std::size_t>(size));
        BIO_free(memory);
        return pem;
    };
    return {text([&](BIO* out) { PEM_write_bio_X509(out, made.certificate.get()); }),
            text([&](BIO* out) {
                PEM_write_bio_PrivateKey_traditional(out, made.key.get(), nullptr, nullptr, 0,
                                                     nullptr, nullptr);
            })};
}

/// A folder of its own with the SAM file in it; removed at the end.
class SamFolder {
  public:
    SamFolder(const std::string& user, std::string password) {
        std::string name = fs::temp_directory_path() / "preflight-session-XXXXXX";
        if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
        folder_ = name;
        BYTE hash[16] = {};
        NTOWFv1A(password.data(), static_cast<UINT32>(password.size()), hash);
        std::ofstream file(sam_file());
        file << user << ":::";
        for (const BYTE byte : hash)
            file << "0123456789abcdef"[byte >> 4] << "0123456789abcdef"[byte & 15];
        file << ":::\n";
    }
    SamFolder(const SamFolder&) = delete;
    SamFolder& operator=(const SamFolder&) = delete;
    ~SamFolder() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    std::string sam_file() const { return folder_ / "sam"; }

  private:
    fs::path folder_;
};

/// A listening socket on loopback; `port` becomes the one really taken.
int listen_on(int& port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (fd < 0 || bind(fd, generic, size) != 0 || listen(fd, 16) != 0)
        throw std::runtime_error("cannot listen on port " + std::to_string(port));
    getsockname(fd, generic, &size);
    port = ntohs(address.sin_port);
    return fd;
}

volatile std::sig_atomic_t asked_to_end = 0;

/// Accepts until the limits are reached or a signal comes; each client gets a process of its own.
void run(int listener, const Options& options, const session::Setup& setup,
         const session::Scenario& scenario, const session::Scenario& then) {
    const auto end = Clock::now() + std::chrono::seconds(options.seconds);
    std::vector<pid_t> children;  // waited for at the end only: their numbers stay theirs
    for (int served = 0; served < options.connections && !asked_to_end;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd waiting{listener, POLLIN, 0};
        if (left <= 0 || (options.leave && *setup.happened)) break;
        constexpr int moment = 50;
        const int came = poll(&waiting, 1, options.leave ? moment : static_cast<int>(left));
        if (came < 0 || (came == 0 && !options.leave)) break;
        if (came == 0) continue;
        const int fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) continue;
        ++served;
        const pid_t child = fork();
        if (child == 0) {
            std::signal(SIGTERM, SIG_DFL);
            std::signal(SIGINT, SIG_DFL);
            close(listener);
            const session::Scenario& now = *setup.happened ? then : scenario;
            session::serve(fd, setup, now, static_cast<int>(left / 1000) + 1);
        }
        close(fd);
        children.push_back(child);
    }
    close(listener);
    if (asked_to_end)
        for (const pid_t child : children) kill(child, SIGTERM);
    while (wait(nullptr) > 0) {
    }
}

int guarded(int argc, char** argv) {
    Options options = parse(argc, argv);
    if (options.list) return print_list(), 0;
    auto scenario = session::find_scenario(options.scenario);
    const auto then = session::find_scenario(options.then.empty() ? "healthy" : options.then);
    if (!scenario || !then) return std::fputs(usage, stderr), 2;
    if (!options.then.empty() || options.leave) scenario->once = true;
    setenv("WLOG_LEVEL", options.verbose ? "DEBUG" : "OFF", 1);
    winpr_InitializeSSL(WINPR_SSL_INIT_DEFAULT);  // MD4 and RC4, for NTLM and RDP security
    const SamFolder folder(options.user, options.password);
    session::Setup setup;
    setup.identity = make_identity();
    setup.security = options.security;
    setup.sam_file = folder.sam_file();
    setup.announced_only = options.announced_only;
    setup.leave = options.leave;
    setup.happened = static_cast<bool*>(
        mmap(nullptr, sizeof(bool), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    const int listener = listen_on(options.port);
    if (options.print_port) std::printf("%d\n", options.port);
    std::fflush(stdout);
    run(listener, options, setup, *scenario, *then);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    struct sigaction ending = {};
    ending.sa_handler = [](int) { asked_to_end = 1; };  // without SA_RESTART: ends poll()
    sigaction(SIGTERM, &ending, nullptr);
    sigaction(SIGINT, &ending, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return guarded(argc, argv);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "preflight-session-server: %s\n%s", problem.what(), usage);
        return 2;
    }
}

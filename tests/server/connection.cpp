// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "connection.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <thread>
#include <utility>

#include "messages.hpp"

namespace scripted {
namespace {

const Tls* tls_of(const Step& step) {
    if (const auto* handshake = std::get_if<Handshake>(&step)) return &handshake->tls;
    if (const auto* hello = std::get_if<ServerHelloOnly>(&step)) return &hello->tls;
    return nullptr;
}

/// One TCP connection. Each step returns whether the script goes on.
class Connection {
  public:
    Connection(Stage& stage, int fd, int seconds) : stage_(stage), fd_(fd) {
        const timeval limit{seconds, 0};
        setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        ssl_.reset();
        if (fd_ >= 0) close(fd_);
    }

    /// Everything that is there by now, at least a byte; empty at the end or when time is up.
    Bytes receive(int flags = 0) {
        Bytes bytes(16384);
        const ssize_t size = recv(fd_, bytes.data(), bytes.size(), flags);
        bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return bytes;
    }

    void play(const std::vector<Step>& steps) {
        for (const Step& step : steps) {
            step_ = &step;
            if (!std::visit([this](const auto& s) { return run(s); }, step)) return;
        }
    }

  private:
    bool run(const Send& step) { return send_all(step.bytes); }
    bool run(const Receive&) { return !receive().empty(); }

    bool run(const ResetIf& step) {
        const Bytes seen = receive(MSG_PEEK);
        if (seen.empty()) return false;
        return !step.when(seen) || run(Reset{});
    }

    bool run(const Handshake&) {
        ssl_.reset(SSL_new(stage_.context(*step_)));
        SSL_set_fd(ssl_.get(), fd_);
        return SSL_accept(ssl_.get()) == 1;
    }

    bool run(const ServerHelloOnly&) {
        const Bytes hello = receive();
        Session ssl{SSL_new(stage_.context(*step_))};
        BIO* from_client = BIO_new_mem_buf(hello.data(), static_cast<int>(hello.size()));
        BIO* to_client = BIO_new(BIO_s_mem());
        SSL_set_bio(ssl.get(), from_client, to_client);
        SSL_accept(ssl.get());  // ends early: the rest of the client's flight never comes
        char* flight = nullptr;
        const long size = BIO_get_mem_data(to_client, &flight);
        if (size < 5) return false;
        const auto* record = reinterpret_cast<const std::uint8_t*>(flight);
        const long first = 5 + (record[3] << 8 | record[4]);
        return first <= size && send_all(Bytes(record, record + first));
    }

    bool run(const ReceivePlain&) {
        std::uint8_t buffer[4096];
        return SSL_read(ssl_.get(), buffer, sizeof buffer) > 0;
    }

    bool run(const SendPlain& step) {
        const int size = static_cast<int>(step.bytes.size());
        return SSL_write(ssl_.get(), step.bytes.data(), size) == size;
    }

    bool run(const CloseNotify&) {
        SSL_shutdown(ssl_.get());
        return true;
    }

    bool run(const Talk& step) { return step.with(ssl_.get()); }

    bool run(const Pause& step) {
        std::this_thread::sleep_for(std::chrono::milliseconds(step.milliseconds));
        return true;
    }

    bool run(const Silence&) {
        while (!receive().empty()) {
        }
        return false;
    }

    bool run(const Reset&) {
        const linger now{1, 0};
        setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close(std::exchange(fd_, -1));
        return false;
    }

    /// Reads what is left before it closes: data left unread would turn the FIN into a reset.
    bool run(const Close&) {
        shutdown(fd_, SHUT_WR);
        return run(Silence{});
    }

    bool send_all(const Bytes& bytes) {
        const ssize_t size = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        return size == static_cast<ssize_t>(bytes.size());
    }

    Stage& stage_;
    int fd_;
    const Step* step_ = nullptr;
    Session ssl_;
};

}  // namespace

Stage::Stage(const Scenario& scenario) : scenario_(scenario) {
    for (const Script& script : scenario.scripts) prepare(script.steps);
}

void Stage::prepare(const std::vector<Step>& steps) {
    for (const Step& step : steps)
        if (const Tls* tls = tls_of(step)) contexts_[&step] = make_context(*tls);
}

int Stage::next_attempt() {
    const std::lock_guard lock(mutex_);
    return ++attempts_;
}

void serve(Stage& stage, int fd, int seconds, bool tell) {
    Connection connection(stage, fd, seconds);
    if (stage.scenario().on_accept) return connection.play(*stage.scenario().on_accept);
    const Bytes first = connection.receive();
    if (first.empty()) return;
    Request request = parse_request(first).value_or(Request{});
    request.attempt = stage.next_attempt();
    if (tell)
        std::fprintf(stderr, "request %d: protocols 0x%x\n", request.attempt, request.protocols);
    for (const Script& script : stage.scenario().scripts)
        if (!script.when || script.when(request)) return connection.play(script.steps);
}

}  // namespace scripted

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "peer.hpp"

#include <freerdp/session.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <winpr/synch.h>

#include <chrono>
#include <thread>

#include "scenarios.hpp"

namespace session {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds time_to_leave{300};  // several times as often as it looks

/// All there is in this process: a connection has one to itself.
struct Connection {
    freerdp_peer* peer = nullptr;
    SSL* tls = nullptr;
    int fd = -1;  // FreeRDP 3 forgets it in its peer
    const Setup* setup = nullptr;
    const Scenario* scenario = nullptr;
    bool acting = true;
    Clock::time_point due = Clock::time_point::max();
} connection;

/// libfreerdp keeps its SSL object to itself. OpenSSL tells of each one that is made.
void note_tls(void* ssl, void*, CRYPTO_EX_DATA*, int, long, void*) {
    connection.tls = static_cast<SSL*>(ssl);
}

void act() {
    connection.acting = false;
    connection.due = Clock::time_point::max();
    if (connection.scenario->once) *connection.setup->happened = true;
    if (connection.setup->leave) std::this_thread::sleep_for(time_to_leave);
    Peer peer(connection.peer, *connection.setup);
    connection.scenario->act(peer);
}

/// Called at each moment of a connection.
void reached(Moment moment) {
    if (!connection.acting || connection.scenario->moment != moment) return;
    const std::chrono::duration<double> wait(connection.scenario->seconds);
    if (moment == Moment::active)
        connection.due = Clock::now() + std::chrono::duration_cast<Clock::duration>(wait);
    else
        std::this_thread::sleep_for(wait), act();
}

bool prepare(freerdp_peer* peer, const Setup& setup) {
    rdpSettings* settings = peer->context->settings;
    const bool nla = setup.security == "nla", rdp = setup.security == "rdp";
    const bool ready =
        use_identity(peer, setup.identity) &&
        freerdp_settings_set_bool(settings, FreeRDP_NlaSecurity, nla) &&
        freerdp_settings_set_bool(settings, FreeRDP_TlsSecurity, !nla && !rdp) &&
        freerdp_settings_set_bool(settings, FreeRDP_RdpSecurity, rdp) &&
        freerdp_settings_set_string(settings, FreeRDP_NtlmSamFile, setup.sam_file.c_str()) &&
        freerdp_settings_set_uint32(settings, FreeRDP_EncryptionLevel,
                                    ENCRYPTION_LEVEL_CLIENT_COMPATIBLE) &&
        freerdp_settings_set_uint32(settings, FreeRDP_ColorDepth, 32);
    peer->PostConnect = [](freerdp_peer*) -> BOOL { return TRUE; };
    peer->Activate = [](freerdp_peer*) -> BOOL { return reached(Moment::active), TRUE; };
    peer->Capabilities = [](freerdp_peer*) -> BOOL { return reached(Moment::demand_active), TRUE; };
    peer->Logon = [](freerdp_peer*, auto*, BOOL) -> BOOL {
        return reached(Moment::signed_in), TRUE;
    };
    watch_licensing(peer, [](freerdp_peer*) { reached(Moment::licensing); });
    return ready && peer->Initialize(peer);
}

/// Milliseconds until the first of both, at most a second.
DWORD wait_for(Clock::time_point end) {
    using std::chrono::milliseconds;
    const auto next = std::min(end, connection.due) - Clock::now();
    const auto left = std::chrono::duration_cast<milliseconds>(next).count();
    return static_cast<DWORD>(std::clamp<long long>(left, 0, 1000));
}

void run(freerdp_peer* peer, Clock::time_point end) {
    while (Clock::now() < end) {
        HANDLE events[32] = {};
        const DWORD count = peer->GetEventHandles(peer, events, 32);
        if (count == 0) return;
        if (WaitForMultipleObjects(count, events, FALSE, wait_for(end)) == WAIT_FAILED) return;
        if (!peer->CheckFileDescriptor(peer)) return;
        if (Clock::now() >= connection.due) act();
    }
}

}  // namespace

void Peer::send(const Bytes& bytes) {
    const int size = static_cast<int>(bytes.size());
    if (connection.tls)
        SSL_write(connection.tls, bytes.data(), size);
    else
        (void)!::send(connection.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void Peer::send_error_info(std::uint32_t code) {
    const rdpSettings* settings = peer_->context->settings;
    if (setup_.announced_only && !freerdp_settings_get_bool(settings, FreeRDP_SupportErrorInfoPdu))
        return;
    if (connection.tls) return send(set_error_info(code));
    freerdp_set_error_info(peer_->context->rdp, code);  // knows how to encrypt it
    freerdp_send_error_info(peer_->context->rdp);
}

void Peer::send_logon_error(std::uint32_t type, std::uint32_t data) {
    logon_info_ex info = {};
    info.haveErrorInfo = TRUE;
    info.ErrorNotificationType = type;
    info.ErrorNotificationData = data;
    rdpContext* context = peer_->context;
    context->update->SaveSessionInfo(context, INFO_TYPE_LOGON_EXTENDED_INF, &info);
}

void Peer::send_redirection(const Target& target) { session::send_redirection(peer_, target); }

void Peer::close() {
    if (connection.tls) SSL_shutdown(connection.tls);
    drop();
}

void Peer::drop() {
    shutdown(connection.fd, SHUT_WR);
    silence();
}

void Peer::reset() {
    const linger now{1, 0};
    setsockopt(connection.fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(connection.fd);
    end();
}

/// Reads on, since a FIN after unread data would be a reset. The alarm of serve() bounds it.
void Peer::silence() {
    char bytes[4096];
    pollfd waiting{connection.fd, POLLIN, 0};
    while (poll(&waiting, 1, -1) > 0 && recv(connection.fd, bytes, sizeof bytes, 0) > 0) {
    }
    end();
}

void Peer::freeze() {
    for (;;) pause();
}

/// At once: libfreerdp would say more while it cleans up.
void Peer::end() { _exit(0); }

void serve(int fd, const Setup& setup, const Scenario& scenario, int seconds) {
    alarm(static_cast<unsigned>(seconds) + 1);
    CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL, 0, nullptr, note_tls, nullptr, nullptr);
    freerdp_peer* peer = freerdp_peer_new(fd);
    if (!peer) _exit(1);
    peer->ContextSize = sizeof(rdpContext);
    connection.peer = peer;
    connection.fd = fd;
    connection.setup = &setup;
    connection.scenario = &scenario;
    connection.acting = static_cast<bool>(scenario.act);
    if (!freerdp_peer_context_new(peer) || !prepare(peer, setup)) _exit(1);
    run(peer, Clock::now() + std::chrono::seconds(seconds));
    _exit(0);
}

}  // namespace session

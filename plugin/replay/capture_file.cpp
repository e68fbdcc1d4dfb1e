// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay/capture_file.hpp"

#include <pcap/pcap.h>

#include <algorithm>

#include "replay/packet.hpp"
#include "wire/text.hpp"

namespace preflight::replay {
namespace {

struct Close {
    void operator()(pcap_t* handle) const { pcap_close(handle); }
};

}  // namespace

struct CaptureFile::State {
    std::unique_ptr<pcap_t, Close> handle;
    int link_type = 0;
    std::string problem;
    PacketReader packet;
    std::uint64_t packets = 0;
    Time last{};
};

CaptureFile::CaptureFile(std::FILE* stream) : state_(std::make_unique<State>()) {
    std::array<char, PCAP_ERRBUF_SIZE> error{};
    state_->handle.reset(
        pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, error.data()));
    if (!state_->handle) {
        std::fclose(stream);
        state_->problem = wire::printable(error.data());
        return;
    }
    state_->link_type = pcap_datalink(state_->handle.get());
    if (PacketReader::knows(state_->link_type)) return;
    const char* const name = pcap_datalink_val_to_name(state_->link_type);
    state_->problem = "its packets are of the kind " +
                      (name ? std::string(name) : std::to_string(state_->link_type)) +
                      ", which is not known here";
    state_->handle.reset();
}

CaptureFile::~CaptureFile() = default;
CaptureFile::CaptureFile(CaptureFile&&) noexcept = default;
CaptureFile& CaptureFile::operator=(CaptureFile&&) noexcept = default;

bool CaptureFile::next(Segment& segment) {
    State& state = *state_;
    if (!state.handle) return false;
    pcap_pkthdr* header = nullptr;
    const std::uint8_t* data = nullptr;
    int result = 0;
    while ((result = pcap_next_ex(state.handle.get(), &header, &data)) == 1) {
        ++state.packets;
        // A time beyond what nanoseconds can count is none.
        constexpr auto latest = std::int64_t{1} << 33;
        const auto seconds = std::clamp<std::int64_t>(header->ts.tv_sec, 0, latest);
        const auto rest = std::clamp<std::int64_t>(header->ts.tv_usec, 0, 999'999'999);
        const Time at = std::chrono::seconds(seconds) + std::chrono::nanoseconds(rest);
        // Packets of several cards can stand in the file out of order.
        state.last = std::max(state.last, at);
        segment = {};
        segment.at = state.last;
        if (state.packet.read(state.link_type, Bytes(data, header->caplen), segment)) return true;
    }
    if (result == PCAP_ERROR) state.problem = wire::printable(pcap_geterr(state.handle.get()));
    return false;
}

const std::string& CaptureFile::problem() const { return state_->problem; }
bool CaptureFile::opened() const { return state_->handle != nullptr; }
std::uint64_t CaptureFile::packets() const { return state_->packets; }
std::uint64_t CaptureFile::damaged() const { return state_->packet.damaged(); }
Time CaptureFile::last() const { return state_->last; }

}  // namespace preflight::replay

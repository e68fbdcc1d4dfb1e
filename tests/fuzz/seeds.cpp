// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "fuzz/seeds.hpp"

#include "fuzz/story.hpp"
#include "golden.hpp"
#include "pdu_samples.hpp"
#ifdef PREFLIGHT_REPLAY
#include "replay/capture_file.hpp"
#endif

namespace preflight::fuzz {
namespace {

using Seed = std::vector<std::uint8_t>;

Seed bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

void add_files(const std::string& directory, const std::string& ending, std::vector<Seed>& seeds) {
    for (const auto& path : test::files_in(directory, ending))
        seeds.push_back(bytes_of(test::read_file(path)));
}

void add_pdus(std::vector<Seed>& seeds) {
    for (const auto& name : test::all_pdu_names()) seeds.push_back(test::pdu(name));
}

#ifdef PREFLIGHT_REPLAY
/// What the recorder hears of a capture, roughly: the segments as they come.
Seed story_of(const std::string& path) {
    replay::CaptureFile file(std::fopen(path.c_str(), "rb"));
    replay::Segment segment;
    Seed story = {1};
    while (file.next(segment)) {
        if (segment.payload.empty()) continue;
        const bool sent = segment.destination.port == 3389;
        const Seed more =
            event(sent ? Direction::sent : Direction::received, Layer::wire, segment.payload);
        story.insert(story.end(), more.begin(), more.end());
    }
    return story;
}
#endif

/// Each PDU as the answer to a request for NLA, in the clear and inside TLS.
void add_stories(std::vector<Seed>& seeds) {
    const Seed request = test::hex("03000013 0ee0 0000 0000 00 01000800 03000000");
    const Seed confirm = test::hex("03000013 0ed0 0000 1234 00 021f0800 02000000");
    for (const auto& name : test::all_pdu_names()) {
        for (const Layer layer : {Layer::wire, Layer::plain}) {
            Seed story = {0};
            for (const Seed& piece : {event(Direction::sent, Layer::wire, request),
                                      event(Direction::received, Layer::wire, confirm),
                                      event(Direction::sent, Layer::plain, request),
                                      event(Direction::received, layer, test::pdu(name))})
                story.insert(story.end(), piece.begin(), piece.end());
            seeds.push_back(std::move(story));
        }
    }
#ifdef PREFLIGHT_REPLAY
    for (const auto& path : test::files_in("tests/data/captures", ".pcap"))
        seeds.push_back(story_of(path));
#endif
}

}  // namespace

std::vector<Seed> seeds_of(std::string_view name) {
    std::vector<Seed> seeds;
    if (name == "certificate") {
        add_files("tests/data/certs", ".der", seeds);
    } else if (name == "capture") {
        add_files("tests/data/captures", ".pcap", seeds);
    } else if (name == "catalogue") {
        add_files("catalog", ".toml", seeds);
        add_files("catalog/codes", ".toml", seeds);
    } else if (name == "report") {
        add_files("catalog/examples", ".json", seeds);
    } else if (name == "options") {
        for (const char* text : {"json:report.json,verbose", "log:/tmp/x,color:never,line",
                                 "catalog:/etc/preflight,wait:10,errinfo:off", "help", "probe:off"})
            seeds.push_back(bytes_of(text));
    } else if (name == "http") {
        seeds.push_back(
            bytes_of("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\n"
                     "Server: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>hi\r\n0\r\n\r\n"));
    } else if (name == "recorder") {
        add_stories(seeds);
    } else {
        add_pdus(seeds);
    }
    return seeds;
}

}  // namespace preflight::fuzz

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <algorithm>
#include <utility>

#include "report/heading.hpp"
#include "report/page.hpp"
#include "report/verbose.hpp"

namespace preflight {
namespace {

constexpr int margin = 2;     ///< before everything below the first line
constexpr int label_end = 8;  ///< where what stands beside a label begins

/// The title with a word for how sure it is; certainty needs none.
std::string titled(const Diagnosis& diagnosis) {
    if (diagnosis.confidence == Confidence::likely) return "Most likely: " + diagnosis.title;
    if (diagnosis.confidence == Confidence::possible && diagnosis.id != "unknown")
        return "Possibly: " + diagnosis.title;
    return diagnosis.title;
}

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/// Puts `label` in front of the first paragraph only.
class Section {
  public:
    Section(Page& page, std::string label) : page_(page), label_(std::move(label)) {}

    void paragraph(const std::vector<Word>& words, int hang = 0) {
        page_.paragraph({label_end, label_end + hang, std::exchange(label_, "")}, words);
    }
    void command(const std::string& line) { page_.verbatim(label_end + 2, line); }

  private:
    Page& page_;
    std::string label_;
};

void put_why(Page& page, const Diagnosis& cause) {
    Section section(page, "Why");
    if (!cause.why.empty()) section.paragraph(words_of(cause.why));
    for (const auto& line : cause.evidence) section.paragraph(words_of("- " + line), 2);
}

/// "Server administrator (lasting):". The kind is named where it makes a difference.
std::vector<Word> who_acts(const Fix& fix, bool with_kind) {
    std::vector<Word> words = words_of(capitalised(fix.who));
    if (with_kind)
        words.push_back({"(" + fix.kind + ")", fix.kind == "unsafe" ? Paint::bad : Paint::plain});
    if (!words.empty()) words.back().text += ':';
    return words;
}

void put_fix(Section& section, const Fix& fix, bool with_kind) {
    std::vector<Word> words = who_acts(fix, with_kind);
    for (auto& word : words_of(fix.text)) words.push_back(std::move(word));
    section.paragraph(words);
    for (const auto& line : fix.command) section.command(line);
}

void put_fixes(Page& page, const Diagnosis& cause) {
    Section section(page, "Fix");
    const bool all_lasting = std::all_of(cause.fixes.begin(), cause.fixes.end(),
                                         [](const Fix& fix) { return fix.kind == "lasting"; });
    for (const auto& fix : cause.fixes) put_fix(section, fix, !all_lasting);
}

void put_also(Page& page, const std::vector<Diagnosis>& also) {
    Section section(page, "Also");
    for (const auto& each : also) section.paragraph(words_of(titled(each) + " [" + each.id + "]"));
}

std::string client_error(const FreerdpFacts& freerdp) {
    if (freerdp.name && freerdp.code_hex) return *freerdp.name + " [" + *freerdp.code_hex + "]";
    return freerdp.name.value_or(freerdp.code_hex.value_or(""));
}

/// What support asks for: the id and the codes of all who have one.
std::vector<Word> reference(const Diagnosis& cause, const Facts& facts) {
    std::vector<Word> words = {{cause.id}};
    const auto add = [&](std::vector<Word> more) {
        if (!more.empty()) words.back().text += " ·";
        words.insert(words.end(), more.begin(), more.end());
    };
    std::string mstsc;
    for (const auto& code : cause.mstsc) mstsc += (mstsc.empty() ? "mstsc " : ", ") + code;
    if (!mstsc.empty()) add({{mstsc}});
    if (facts.freerdp.code.value_or(1) != 0) add(words_of(client_error(facts.freerdp)));
    if (facts.tls.error.reason) add(words_of("OpenSSL: " + *facts.tls.error.reason));
    return words;
}

std::string one_line(const Explanation& explanation, const Facts& facts, const TextStyle& style) {
    TextStyle endless = style;
    endless.width = 1 << 20;
    Page page(endless);
    std::string line = "preflight: " + explanation.cause.id + ": " + titled(explanation.cause);
    const std::string host = host_with_address(facts);
    if (!host.empty()) line += " [" + host + "]";
    page.paragraph({}, line);
    return page.text();
}

}  // namespace

std::string render_text(const Explanation& explanation, const Facts& facts,
                        const TextStyle& wanted) {
    TextStyle style = wanted;
    style.width = std::max(style.width, 40);
    if (style.detail == Detail::line) return one_line(explanation, facts, style);

    Page page(style);
    page.paragraph({0, margin, ""}, headline(facts, style.width));
    page.blank();
    if (const auto steps = progress(facts, style.unicode); !steps.empty()) {
        page.paragraph({margin, margin, ""}, steps, 2);
        page.blank();
    }
    page.paragraph({margin, margin, ""}, titled(explanation.cause), Paint::bold);
    page.blank();
    put_why(page, explanation.cause);
    put_fixes(page, explanation.cause);
    put_also(page, explanation.also);
    Section(page, "More").paragraph(reference(explanation.cause, facts));
    if (style.detail == Detail::verbose) put_details(page, explanation, facts);
    return page.text();
}

}  // namespace preflight

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/explain_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cli/stand_ins.hpp"

namespace preflight::cli {
namespace {

constexpr int margin = 2;
constexpr int label_end = 9;

/// Puts `label` in front of the first paragraph only.
class Section {
  public:
    Section(Page& page, std::string label) : page_(page), label_(std::move(label)) {}

    void paragraph(const std::vector<Word>& words, int hang = 0) {
        page_.paragraph({label_end, label_end + hang, std::exchange(label_, "")}, words);
    }
    void paragraph(const std::string& text, int hang = 0) { paragraph(words_of(text), hang); }
    void command(const std::string& line) { page_.verbatim(label_end + 2, line); }

  private:
    Page& page_;
    std::string label_;
};

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : between) + word;
    return text;
}

/// Where in a connection a step comes; "any" comes last.
std::size_t position(const std::string& stage) {
    constexpr std::array<std::string_view, 13> steps = {
        "local",       "dns",        "tcp",         "proxy",          "gateway",
        "negotiation", "tls",        "certificate", "authentication", "mcs",
        "licensing",   "activation", "session"};
    return static_cast<std::size_t>(std::find(steps.begin(), steps.end(), stage) - steps.begin());
}

void put_title(Page& page, const std::string& head, const std::string& what) {
    page.paragraph({0, margin, ""}, head, Paint::bold);
    if (!what.empty()) page.paragraph({margin, margin, ""}, what);
    page.blank();
}

/// A line for each client: "FreeRDP 2        xfreerdp /v:HOST /tls-seclevel:0".
void put_spelled(Section& section, const std::vector<Spelled>& all) {
    constexpr std::size_t command_at = 18;
    for (const auto& each : all) {
        std::string label = each.client;
        if (!label.empty()) label.resize(std::max(command_at, label.size() + 2), ' ');
        for (const auto& line : each.lines) {
            section.command(label + line);
            label.assign(label.size(), ' ');
        }
    }
}

/// Where every spelling reads the same it is shown once.
std::vector<Spelled> without_repeats(const std::vector<Spelled>& all) {
    std::vector<Spelled> kept;
    for (const auto& each : all) {
        const bool seen = std::any_of(kept.begin(), kept.end(), [&](const Spelled& other) {
            return other.shell == each.shell && other.lines == each.lines;
        });
        if (!seen) kept.push_back(each);
    }
    return kept;
}

void put_fixes(Page& page, const Lesson& lesson) {
    Section section(page, "Fix");
    for (const auto& fix : lesson.fixes) {
        std::vector<Word> words = words_of(capitalised(fix.who));
        if (fix.kind != "lasting")
            words.push_back(
                {"(" + fix.kind + ")", fix.kind == "unsafe" ? Paint::bad : Paint::plain});
        words.back().text += ':';
        for (auto& word : words_of(fix.text)) words.push_back(std::move(word));
        section.paragraph(words);
        put_spelled(section, without_repeats(fix.spelled));
    }
}

/// " [one, two, three, …]"
std::string in_square_brackets(std::vector<std::string> ids) {
    constexpr std::size_t most = 3;
    if (ids.size() > most) ids.resize(most), ids.emplace_back("…");
    return ids.empty() ? "" : " [" + joined(ids, ", ") + "]";
}

std::string in_brackets(const Found& found) {
    if (found.table->name == "log") return "\"" + found.key + "\"";
    const std::string number = found.number();
    const std::string& name = found.column("name");
    return number == name ? name : name + " [" + number + "]";
}

/// "FreeRDP's connect error" or "A TLS alert".
std::string kind_of(const Found& found) {
    const std::string article(found.table->article);
    return capitalised((article.empty() ? "" : article + " ") + std::string(found.table->what));
}

const Found* row_of(const Model& model, std::string_view table, const std::string& number,
                    Found& found) {
    const auto parsed = read_number(number);
    if (!parsed) return nullptr;
    const auto all = find_number(model, *parsed, table);
    if (all.empty()) return nullptr;
    found = all.front();
    return &found;
}

/// The same failure under the codes of others.
std::string relations(const Found& found, const Model& model) {
    std::vector<std::string> known;
    Found other;
    const std::string& exit = found.column("exit");
    if (!exit.empty() && exit != "0") known.push_back("xfreerdp exits with " + exit);
    if (row_of(model, "freerdp", found.column("freerdp"), other))
        known.push_back("FreeRDP calls it " + in_brackets(other));
    if (row_of(model, "errinfo", found.column("errinfo"), other))
        known.push_back("the host's own code is " + in_brackets(other));
    if (!found.column("mstsc").empty())
        known.push_back("Microsoft's client shows " + found.column("mstsc"));
    return joined(known, "; ");
}

std::string about(const Found& found, const Model& model) {
    const std::string more = relations(found, model);
    return kind_of(found) + (more.empty() ? "." : "; " + more + ".");
}

/// Names in small letters say little without what they are: "TLS alert protocol_version [70]".
std::string with_kind(const Found& found) {
    const char first = found.column("name").empty() ? ' ' : found.column("name").front();
    const bool small = first >= 'a' && first <= 'z';
    return (small ? std::string(found.table->what) + " " : "") + in_brackets(found);
}

/// What a lesson knows beyond its title: why, fixes, what others call it.
void put_lesson(Page& page, const Lesson& lesson, const Teacher& teacher, bool with_codes) {
    if (!lesson.why.empty()) Section(page, "Why").paragraph(lesson.why);
    put_fixes(page, lesson);
    std::vector<std::string> codes;
    if (with_codes)
        for (const auto& found : codes_of(teacher.model, lesson.id))
            if (found.table->name != "mstsc" && found.table->name != "xfreerdp-exit")
                codes.push_back(with_kind(found));
    if (with_codes && !lesson.mstsc.empty())
        codes.push_back("Microsoft's client: " + joined(lesson.mstsc, ", "));
    if (!codes.empty()) Section(page, "Codes").paragraph(joined(codes, ", "));
    std::string label = "Read";
    for (const auto& source : lesson.sources) {
        label.resize(label_end - margin, ' ');
        page.verbatim(margin, label + source);  // whole, so that it can be followed
        label.clear();
    }
}

void put_entry(Page& page, const Entry& entry, const Teacher& teacher) {
    const Lesson lesson = lesson_of(entry, teacher.model, teacher.client);
    std::string step = lesson.stage == any_stage ? "can arise at any step"
                                                 : "the connection stops at " + lesson.stage;
    if (entry.role == Role::notice) step = "noticed beside a failure";
    put_title(page, lesson.id + ": " + step, "");
    page.paragraph({margin, margin, ""}, lesson.title, Paint::bold);
    page.blank();
    put_lesson(page, lesson, teacher, true);
}

/// Rows of the table that a code's column `more` names: at which points it arises, and what people
/// say of it.
void put_more(Page& page, const Teacher& teacher, const std::string& table) {
    const Model& model = teacher.model;
    const auto rows = model.codes.find(table);
    if (rows == model.codes.end()) return;
    const auto column = [](const CodeRow& row, std::string_view name) {
        const auto cell = row.columns.find(name);
        return cell == row.columns.end() ? std::string() : cell->second;
    };
    put_find_out(page, "preflight says at which point of the connection it was.", {}, teacher);
    Section points(page, "Where");
    int number = 0;
    for (const auto& [key, row] : rows->second) {
        if (key.rfind("at-", 0) != 0) continue;
        points.paragraph(std::to_string(++number) + ". " + capitalised(column(row, "name")) + ": " +
                             column(row, "text") + in_square_brackets(row.leads_to),
                         3);
    }
    Section claims(page, "Said");
    for (const std::string verdict : {"true", "indirect", "unproven", "false"})
        for (const auto& [key, row] : rows->second)
            if (key.rfind("claim-", 0) == 0 && column(row, "verdict") == verdict)
                claims.paragraph(
                    "- " + column(row, "name") + ": " + verdict + ". " + column(row, "text"), 2);
}

/// Whether all that is known of a code is one explanation, which is then shown in its place.
bool is_one_cause(const std::vector<const Entry*>& causes) {
    return causes.size() == 1 && causes.front()->role == Role::cause;
}

/// A code that leads to no explanation. One that a client ends with is worth looking into.
void put_little(Page& page, const Found& found, const Teacher& teacher) {
    const bool failed = found.key != "0" &&
                        (found.table->name == "xfreerdp-exit" || found.table->name == "freerdp");
    if (!failed) return;
    page.blank();
    put_find_out(page, "Nothing more can be told from the code.", {}, teacher);
}

void put_code(Page& page, const Found& found, const Teacher& teacher) {
    put_title(page, in_brackets(found), about(found, teacher.model));
    page.paragraph({margin, margin, ""}, found.column("text"), Paint::bold);
    const auto causes = causes_of(teacher.model, found);
    const std::string& more = found.column("more");
    if (causes.empty() && more.empty()) return put_little(page, found, teacher);
    page.blank();
    if (!more.empty()) return put_more(page, teacher, more);
    if (is_one_cause(causes)) {
        const Lesson lesson = lesson_of(*causes.front(), teacher.model, teacher.client);
        put_lesson(page, lesson, teacher, false);
        Section(page, "Id").paragraph(lesson.id);
        return;
    }
    put_causes(page, "May be", causes);
    const std::string& apart = found.column("apart");
    if (causes.size() > 1)
        put_find_out(page, apart.empty() ? "The code alone does not say which." : apart, causes,
                     teacher);
}

/// A line for each of several meanings.
void put_meanings(Page& page, const Answer& answer) {
    page.paragraph({0, margin, ""},
                   answer.asked + " has " + std::to_string(answer.codes.size()) +
                       " meanings; it depends on where it was seen.",
                   Paint::bold);
    page.blank();
    for (const auto& found : answer.codes)
        page.paragraph({margin, margin + 2, ""}, "- " + kind_of(found) + ": " +
                                                     found.column("text") + " [" +
                                                     found.column("name") + "]");
    page.blank();
    const auto& first = answer.codes.front();
    page.paragraph({margin, margin + 2, ""},
                   "One of them in full: rdp-preflight explain " + first.column("name"));
}

void put_pair(Page& page, const Answer& answer, const Teacher& teacher) {
    const Found& code = answer.codes[0];
    const Found& extended = answer.codes[1];
    put_title(page, code.number() + " and " + extended.number() + " of Microsoft's client",
              code.number() + ": " + code.column("name") + "; extended " + extended.number() +
                  ": " + extended.column("name"));
    page.paragraph({margin, margin, ""}, code.column("text"), Paint::bold);
    page.paragraph({margin, margin, ""}, "Extended: " + extended.column("text"));
    page.blank();
    const std::string& more = code.column("more");
    if (!more.empty()) return put_more(page, teacher, more);
    std::vector<const Entry*> causes = causes_of(teacher.model, extended);
    for (const auto* cause : causes_of(teacher.model, code))
        if (std::find(causes.begin(), causes.end(), cause) == causes.end()) causes.push_back(cause);
    if (causes.empty()) return;
    put_causes(page, causes.size() > 1 ? "May be" : "It is", causes);
    put_find_out(page, "The code alone does not say all.", causes, teacher);
}

}  // namespace

std::string headline_of(const Found& found) { return in_brackets(found) + ": " + kind_of(found); }

void put_causes(Page& page, const std::string& label, const std::vector<const Entry*>& causes) {
    std::vector<const Entry*> sorted = causes;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Entry* left, const Entry* right) {
        return position(left->stage) < position(right->stage);
    });
    Section section(page, label);
    for (const auto* cause : sorted) {
        const std::string step = cause->stage == any_stage ? "" : cause->stage + ": ";
        section.paragraph("- " + step + without_values(cause->title.text) + " [" + cause->id + "]",
                          2);
    }
}

void put_short_lesson(Page& page, const Entry& entry, const Teacher& teacher) {
    const Lesson lesson = lesson_of(entry, teacher.model, teacher.client);
    page.paragraph({margin, margin, ""}, lesson.title, Paint::bold);
    page.blank();
    if (!lesson.why.empty()) Section(page, "Why").paragraph(lesson.why);
    put_fixes(page, lesson);
    Section(page, "More").paragraph("rdp-preflight explain " + lesson.id);
}

void put_find_out(Page& page, const std::string& why, const std::vector<const Entry*>& causes,
                  const Teacher& teacher) {
    const auto is_seen_from_outside = [](const Entry* cause) {
        return position(cause->stage) > position("local") &&
               position(cause->stage) < position("authentication");
    };
    const bool check =
        causes.empty() || std::any_of(causes.begin(), causes.end(), is_seen_from_outside);
    Section section(page, "Which");
    section.paragraph(why + (why.empty() ? "" : " ") +
                      (check ? "These find out:" : "This finds out:"));
    section.command(teacher.program + " /v:HOST /vc:preflight");
    if (check) section.command("rdp-preflight check HOST");
    const std::string id = causes.empty() ? "ID" : causes.front()->id;
    Section(page, "Then")
        .paragraph("rdp-preflight explain " + id +
                   (causes.empty()      ? ", with the id that they name"
                    : causes.size() > 1 ? ", or another of these, has the fixes"
                                        : " has the fixes"));
}

void put_answer(Page& page, const Answer& answer, const Teacher& teacher) {
    if (answer.pair)
        put_pair(page, answer, teacher);
    else if (answer.entry)
        put_entry(page, *answer.entry, teacher);
    else if (answer.codes.size() == 1)
        put_code(page, answer.codes.front(), teacher);
    else
        put_meanings(page, answer);
}

void put_unknown(Page& page, const std::string& asked, const std::vector<std::string>& near) {
    page.paragraph({0, margin, ""}, "Nothing is known about \"" + asked + "\".", Paint::bold);
    page.blank();
    if (!near.empty()) Section(page, "Meant?").paragraph(joined(near, ", "));
    Section section(page, "Report");
    section.paragraph(
        "If a client or host printed it: tell which program and version, the whole "
        "line, and add the file that this writes:");
    section.command("xfreerdp /v:HOST /vc:preflight,json:report.json");
    Section(page, "More")
        .paragraph("rdp-preflight explain --list names all that can be explained.");
}

}  // namespace preflight::cli

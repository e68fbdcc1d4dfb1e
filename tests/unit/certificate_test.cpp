// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "certificate/certificate.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "certificate/openssl.hpp"
#include "certificate/verify.hpp"
#include "certificate_maker.hpp"
#include "cmocka.hpp"
#include "pdu_samples.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

CertificateQuestion question(const std::string& name = "win-srv01.example.org") {
    return {name, noon, ""};
}

CertificateFacts judged(const Wanted& wanted, const std::string& name = "win-srv01.example.org") {
    const std::vector<preflight::Der> chain = {make_certificate(wanted, make_key())};
    return judge_certificate(chain, question(name));
}

preflight::Der file(const std::string& name) {
    std::ifstream stream("tests/data/certs/" + name + ".der", std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void a_real_windows_certificate(void**) {
    const std::vector<preflight::Der> chain = {file("2008r2-a5b05d2a")};
    const CertificateFacts facts =
        judge_certificate(chain, question("WIN2K8R2.awakecoding.ath.cx"));
    assert_string_equal(facts.subject->c_str(), "CN=WIN2K8R2.awakecoding.ath.cx");
    assert_string_equal(facts.issuer_cn->c_str(), "WIN2K8R2.awakecoding.ath.cx");
    assert_string_equal(facts.not_before->c_str(), "2011-02-12T21:37:35Z");
    assert_string_equal(facts.not_after->c_str(), "2021-02-12T00:00:00Z");
    assert_int_equal(*facts.days_left, -2109);
    assert_int_equal(*facts.days_since_issue, 5760);
    assert_false(facts.days_until_valid.has_value());
    assert_string_equal(facts.key_type->c_str(), "RSA");
    assert_int_equal(*facts.key_bits, 2048);
    assert_string_equal(facts.signature_algorithm->c_str(), "sha1WithRSAEncryption");
    assert_true(facts.key_usage == (Texts{"keyEncipherment", "dataEncipherment"}));
    assert_true(facts.extended_key_usage == Texts{"serverAuth"});
    assert_string_equal(facts.sha256->c_str(),
                        "a5:b0:5d:2a:e0:76:13:0a:a4:10:60:f5:3e:cd:72:bd:f8:64:ea:01:79:25:0e:92:"
                        "75:49:c9:4d:5a:b2:49:9a");
    assert_true(*facts.self_signed);
    assert_true(*facts.name_matches);
    assert_int_equal(*facts.verify.code, 18);
    assert_string_equal(facts.verify.name->c_str(), "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT");
    assert_int_equal(*facts.verify.depth, 0);
    assert_int_equal(*facts.chain_length, 1);
    assert_string_equal(facts.chain[0].key->c_str(), "RSA 2048");
    assert_true(facts.defects == (Texts{"untrusted", "self-signed", "expired", "weak-signature"}));
}

void all_defects_are_listed(void**) {
    Wanted bad;
    bad.subject = "other.example.org";
    bad.from = noon + 36 * 60 * 60;
    bad.digest = "SHA1";
    bad.extended_usage = "clientAuth";
    const std::vector<preflight::Der> chain = {make_certificate(bad, make_key(1024))};
    const CertificateFacts facts = judge_certificate(chain, question());
    for (const char* defect : {"untrusted", "self-signed", "not-yet-valid", "name-mismatch",
                               "weak-key", "weak-signature", "wrong-usage"})
        assert_true(std::count(facts.defects.begin(), facts.defects.end(), defect) == 1);
    assert_int_equal(facts.defects.size(), 7);
    assert_int_equal(*facts.days_until_valid, 2);
    assert_int_equal(*facts.days_since_issue, -2);
    assert_int_equal(*facts.key_bits, 1024);
}

void days_are_whole(void**) {
    const struct {
        std::time_t until;
        std::int64_t days_left;
    } cases[] = {{noon + day, 1},        {noon + day - 1, 0}, {noon, 0},
                 {noon - 1, -1},         {noon - day, -1},    {noon - day - 1, -2},
                 {noon + 400 * day, 400}};
    for (const auto& [until, days_left] : cases) {
        Wanted wanted;
        wanted.until = until;
        assert_int_equal(*judged(wanted).days_left, days_left);
    }
}

void names_are_compared_as_freerdp_does(void**) {
    const struct {
        const char* subject;
        const char* names;
        const char* asked;
        bool matches;
    } cases[] = {
        {"win-srv01", "", "win-srv01", true},
        {"WIN-SRV01", "", "win-srv01", true},
        {"win-srv01", "", "win-srv01.example.org", false},
        {"other", "DNS:a.example.org,DNS:b.example.org", "b.example.org", true},
        {"a.example.org", "DNS:b.example.org", "a.example.org", true},
        {"*.example.org", "", "a.example.org", true},
        {"*.example.org", "", "a.b.example.org", true},
        {"*.example.org", "", "example.org", false},
        {"x", "IP:10.0.0.5", "10.0.0.5", false},
        {"10.0.0.5", "", "10.0.0.5", true},
    };
    for (const auto& expected : cases) {
        Wanted wanted;
        wanted.subject = expected.subject;
        wanted.names = expected.names;
        const CertificateFacts facts = judged(wanted, expected.asked);
        assert_int_equal(*facts.name_matches, expected.matches);
        assert_string_equal(facts.checked_name->c_str(), expected.asked);
    }
    assert_false(judged({}, "").name_matches.has_value());
}

void hostile_names_are_shown_not_obeyed(void**) {
    const struct {
        std::string subject;
        int type;
        const char* shown;
    } cases[] = {
        {"a\x1b[31mb", V_ASN1_UTF8STRING, "a\\x1b[31mb"},
        {std::string("good.example.org\0.evil.org", 26), V_ASN1_UTF8STRING,
         "good.example.org\\x00.evil.org"},
        {"a\xe2\x80\xae"
         "b",
         V_ASN1_UTF8STRING, "a\\u{202e}b"},
        {"caf\xe9", V_ASN1_T61STRING, "café"},
        {std::string("\0h\0i", 4), V_ASN1_BMPSTRING, "hi"},
    };
    for (const auto& expected : cases) {
        Wanted wanted;
        wanted.subject = expected.subject;
        wanted.subject_type = expected.type;
        const CertificateFacts facts = judged(wanted, "good.example.org");
        assert_string_equal(facts.subject_cn.value_or("(none)").c_str(), expected.shown);
        assert_string_equal(facts.subject->c_str(), ("CN=" + std::string(expected.shown)).c_str());
        assert_false(*facts.name_matches);
        for (const char c : facts.subject.value_or("\n"))
            assert_true(static_cast<unsigned char>(c) >= 0x20);
    }
}

void alternative_names_are_bounded(void**) {
    Wanted wanted;
    for (int i = 0; i < 300; ++i)
        wanted.names += (i ? ",DNS:n" : "DNS:n") + std::to_string(i) + ".example.org";
    const CertificateFacts facts = judged(wanted, "n299.example.org");
    assert_int_equal(facts.names.size(), 100);
    assert_true(*facts.name_matches);
    wanted.names = "DNS:a.example.org,IP:10.0.0.5,IP:2001:db8::1,email:a@b.c";
    assert_true(judged(wanted).names == (Texts{"a.example.org", "10.0.0.5", "2001:db8::1"}));
}

/// A directory of authorities in OpenSSL's hashed form, as FreeRDP's "certs".
class Authorities {
  public:
    explicit Authorities(const preflight::Der& root) {
        assert_non_null(mkdtemp(directory_.data()));
        const unsigned char* position = root.data();
        const certificate::X509Ptr parsed(
            d2i_X509(nullptr, &position, static_cast<long>(root.size())));
        char name[32];
        std::snprintf(name, sizeof name, "%08lx.0", X509_subject_name_hash(parsed.get()));
        file_ = directory_ + "/" + name;
        std::ofstream(file_) << to_pem(root);
    }
    ~Authorities() {
        unlink(file_.c_str());
        rmdir(directory_.c_str());
    }
    const std::string& directory() const { return directory_; }

  private:
    std::string directory_ = "/tmp/preflight-test-XXXXXX";
    std::string file_;
};

void a_trusted_chain_has_no_defect(void**) {
    const Key root_key = make_key();
    Wanted root;
    root.subject = "Test Root";
    root.authority = true;
    root.usage = "critical,keyCertSign";
    root.extended_usage = "";
    const preflight::Der root_der = make_certificate(root, root_key);
    Wanted leaf;
    leaf.issuer = "Test Root";
    const std::vector<preflight::Der> chain = {make_certificate(leaf, make_key(), root_key),
                                               root_der};
    CertificateFacts facts = judge_certificate(chain, question());
    assert_int_equal(*facts.verify.code, 19);
    assert_true(facts.defects == Texts{"untrusted"});
    assert_false(*facts.self_signed);

    const Authorities authorities(root_der);
    CertificateQuestion trusting = question();
    trusting.directory = authorities.directory();
    facts = judge_certificate(chain, trusting);
    assert_int_equal(*facts.verify.code, 0);
    assert_string_equal(facts.verify.name->c_str(), "X509_V_OK");
    assert_true(facts.defects.empty());
    assert_int_equal(*facts.chain_length, 2);
    assert_string_equal(facts.chain[1].subject->c_str(), "CN=Test Root");

    trusting.now = noon + 336 * day;
    facts = judge_certificate(chain, trusting);
    assert_int_equal(*facts.verify.code, 10);
    assert_true(facts.defects == Texts{"expired"});
}

/// What OpenSSL finds with its default authorities as it loads them itself.
int error_with_default_paths(const std::vector<preflight::Der>& chain, int purpose) {
    const certificate::StorePtr store(X509_STORE_new());
    assert_int_equal(X509_STORE_set_default_paths(store.get()), 1);
    const certificate::ChainPtr stack(sk_X509_new_null());
    for (const auto& der : chain) {
        const unsigned char* position = der.data();
        sk_X509_push(stack.get(), d2i_X509(nullptr, &position, static_cast<long>(der.size())));
    }
    const certificate::StoreContextPtr context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), sk_X509_value(stack.get(), 0), stack.get());
    X509_STORE_CTX_set_purpose(context.get(), purpose);
    X509_STORE_CTX_set_time(context.get(), 0, noon);
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

/// The purposes that FreeRDP tries.
int error_as_freerdp_gets_it(const std::vector<preflight::Der>& chain) {
    int error = X509_V_OK;
    for (const int purpose : {X509_PURPOSE_SSL_SERVER, X509_PURPOSE_SSL_CLIENT, X509_PURPOSE_ANY}) {
        error = error_with_default_paths(chain, purpose);
        if (error != X509_V_ERR_INVALID_PURPOSE) break;
    }
    return error;
}

/// The first certificates of the file of authorities, none where there is no such file.
std::vector<preflight::Der> some_authorities() {
    std::vector<preflight::Der> found;
    const certificate::BioPtr file(BIO_new_file(X509_get_default_cert_file(), "r"));
    while (file && found.size() < 5) {
        const certificate::X509Ptr next(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr));
        if (!next) break;
        unsigned char* bytes = nullptr;
        const int length = i2d_X509(next.get(), &bytes);
        found.emplace_back(bytes, bytes + length);
        OPENSSL_free(bytes);
    }
    return found;
}

void verification_agrees_with_openssls_own_loading(void**) {
    const Key key = make_key();
    Wanted leaf;
    leaf.issuer = "Test Root";
    std::vector<std::vector<preflight::Der>> chains = {
        {make_certificate({}, key)}, {make_certificate(leaf, key)}, {file("2008r2-a5b05d2a")}};
    for (auto& authority : some_authorities()) chains.push_back({std::move(authority)});
    for (const auto& chain : chains)
        assert_int_equal(*judge_certificate(chain, question("")).verify.code,
                         error_as_freerdp_gets_it(chain));
}

void an_unknown_issuer(void**) {
    Wanted leaf;
    leaf.issuer = "Nobody's CA";
    const std::vector<preflight::Der> chain = {make_certificate(leaf, make_key(), make_key())};
    const CertificateFacts facts = judge_certificate(chain, question());
    assert_int_equal(*facts.verify.code, 20);
    assert_true(facts.defects == Texts{"untrusted"});
}

void malformed_certificates(void**) {
    const preflight::Der good = make_certificate({}, make_key());
    const std::vector<preflight::Der> broken = {{0x30, 0x03, 0x02, 0x01, 0x00}};
    CertificateFacts facts = judge_certificate(broken, question());
    assert_true(facts.defects == Texts{"malformed"});
    assert_true(*facts.seen);
    assert_false(facts.subject.has_value());
    const std::vector<preflight::Der> half = {good, {0x30}};
    facts = judge_certificate(half, question());
    assert_true(facts.subject.has_value());
    assert_string_equal(facts.defects.back().c_str(), "malformed");
    assert_int_equal(*facts.chain_length, 2);
    assert_int_equal(facts.chain.size(), 1);
    assert_false(judge_certificate({}, question()).seen.has_value());
    // OpenSSL itself takes no name that is not in the encoding it claims.
    Wanted wrong;
    wrong.subject = "caf\xe9";
    wrong.subject_type = V_ASN1_UTF8STRING;
    assert_true(judged(wrong).defects == Texts{"malformed"});
}

void no_bytes_do_harm(void**) {
    const preflight::Der good = file("win10-2f24fa5e");
    assert_true(good.size() > 700);
    for (std::size_t i = 0; i < good.size(); i += 3) {
        preflight::Der changed = good;
        changed[i] ^= 0x55;
        const std::vector<preflight::Der> chain = {changed};
        (void)judge_certificate(chain, question());
        changed.resize(i);
        const std::vector<preflight::Der> cut = {changed};
        assert_true(judge_certificate(cut, question()).defects == Texts{"malformed"});
    }
}

void the_error_queue_is_left_alone(void**) {
    ERR_clear_error();
    ERR_put_error(ERR_LIB_USER, 0, 42, __FILE__, __LINE__);
    const unsigned long before = ERR_peek_error();
    const std::vector<preflight::Der> chain = {{0x30, 0x03, 0x02, 0x01, 0x00}};
    (void)judge_certificate(chain, question());
    (void)judged({});
    (void)pem_fingerprint("-----BEGIN CERTIFICATE-----\nnonsense");
    assert_int_equal(ERR_get_error(), before);
    assert_int_equal(ERR_get_error(), 0);
}

void fingerprints(void**) {
    const preflight::Der der = file("win10-2f24fa5e");
    const std::string expected = certificate_fingerprint(der);
    assert_int_equal(expected.size(), 32 * 3 - 1);
    assert_string_equal(expected.substr(0, 11).c_str(), "2f:24:fa:5e");
    assert_string_equal(pem_fingerprint(to_pem(der)).c_str(), expected.c_str());
    assert_true(pem_fingerprint("").empty());
    assert_true(certificate_fingerprint({}).empty());
}

void every_verification_error_has_a_name(void**) {
    // OpenSSL gives a text for each code it knows.
    for (int code = 1; code < 200; ++code) {
        const std::string text = X509_verify_cert_error_string(code);
        if (text.find("unknown") != text.npos || text.find("error number") != text.npos) continue;
        if (certificate::verify_error_name(code).empty())
            print_error("no name: %d %s\n", code, text.c_str());
        assert_false(certificate::verify_error_name(code).empty());
    }
    assert_true(certificate::verify_error_name(9999).empty());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_real_windows_certificate),
        cmocka_unit_test(all_defects_are_listed),
        cmocka_unit_test(days_are_whole),
        cmocka_unit_test(names_are_compared_as_freerdp_does),
        cmocka_unit_test(hostile_names_are_shown_not_obeyed),
        cmocka_unit_test(alternative_names_are_bounded),
        cmocka_unit_test(a_trusted_chain_has_no_defect),
        cmocka_unit_test(verification_agrees_with_openssls_own_loading),
        cmocka_unit_test(an_unknown_issuer),
        cmocka_unit_test(malformed_certificates),
        cmocka_unit_test(no_bytes_do_harm),
        cmocka_unit_test(the_error_queue_is_left_alone),
        cmocka_unit_test(fingerprints),
        cmocka_unit_test(every_verification_error_has_a_name),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}

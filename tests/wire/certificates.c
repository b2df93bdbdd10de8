#include "certificates.h"
#include "wire.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum { DAY_S = 86400 };

static struct {
    pthread_once_t once;
    EVP_PKEY *key;
    X509 *certificate;
    char file[64];
} authority = {.once = PTHREAD_ONCE_INIT};

static void extend(X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    if (extension == NULL || X509_add_ext(certificate, extension, -1) != 1)
        give_up("no extension %s", value);
    X509_EXTENSION_free(extension);
}

static X509 *make(const char *name, EVP_PKEY *key, long from_s, long until_s)
{
    static _Atomic long serial = 1;
    X509 *made = X509_new();
    if (made == NULL || key == NULL)
        give_up("no certificate");
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), serial++);
    X509_gmtime_adj(X509_getm_notBefore(made), from_s);
    X509_gmtime_adj(X509_getm_notAfter(made), until_s);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_ASC,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_pubkey(made, key);
    return made;
}

static void remove_file(void)
{
    unlink(authority.file);
}

static void make_authority(void)
{
    strcpy(authority.file, "/tmp/xpay-wire-XXXXXX");
    int fd = mkstemp(authority.file);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    authority.key = EVP_EC_gen("P-256");
    authority.certificate = make("Wire test authority", authority.key, -DAY_S, DAY_S);
    X509_set_issuer_name(authority.certificate, X509_get_subject_name(authority.certificate));
    extend(authority.certificate, NID_basic_constraints, "critical,CA:TRUE");
    extend(authority.certificate, NID_key_usage, "critical,keyCertSign");
    if (X509_sign(authority.certificate, authority.key, EVP_sha256()) == 0 || out == NULL ||
        PEM_write_X509(out, authority.certificate) != 1 || fclose(out) != 0)
        give_up("no certificate authority");
    atexit(remove_file);
}

const char *authority_file(void)
{
    pthread_once(&authority.once, make_authority);
    return authority.file;
}

SSL_CTX *certificate_context(const struct certificate *wanted)
{
    char names[256];
    authority_file();
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *made = make(wanted->name, key, wanted->from_s, wanted->until_s);
    bool is_address = strspn(wanted->host, "0123456789.") == strlen(wanted->host);
    snprintf(names, sizeof names, "%s:%s", is_address ? "IP" : "DNS", wanted->host);
    X509_set_issuer_name(made,
                         X509_get_subject_name(wanted->self_signed ? made : authority.certificate));
    extend(made, NID_subject_alt_name, names);
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (X509_sign(made, wanted->self_signed ? key : authority.key, EVP_sha256()) == 0 ||
        context == NULL || SSL_CTX_use_certificate(context, made) != 1 ||
        SSL_CTX_use_PrivateKey(context, key) != 1)
        give_up("no certificate for %s", wanted->name);
    if (wanted->highest_tls != 0) {
        SSL_CTX_set_security_level(context,
                                   0); /* OpenSSL calls what is older than TLS 1.2 insecure */
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, wanted->highest_tls);
    }
    X509_free(made);
    EVP_PKEY_free(key);
    return context;
}

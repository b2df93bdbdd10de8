/* Random identifiers from OpenSSL's generator. */
#include "ids.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/rand.h>

static void add_random(char *out, size_t count)
{
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    unsigned char bytes[64];
    if (count > sizeof bytes || RAND_bytes(bytes, (int)count) != 1)
        abort();
    for (size_t i = 0; i < count; i++)
        out[i] = alphabet[bytes[i] % (sizeof alphabet - 1)];
    out[count] = '\0';
}

void id_make(char out[ID_SIZE], const char *prefix, enum world world)
{
    int length = snprintf(out, ID_SIZE, "%s_%s_", prefix, world == WORLD_TEST ? "test" : "live");
    add_random(out + length, 24);
}

void id_make_plain(char out[ID_SIZE], const char *prefix)
{
    int length = snprintf(out, ID_SIZE, "%s_", prefix);
    add_random(out + length, 24);
}

void secret_make(char out[SECRET_SIZE], const char *prefix)
{
    int length = snprintf(out, SECRET_SIZE, "%s_", prefix);
    add_random(out + length, 32);
}

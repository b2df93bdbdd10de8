/* In place of the constant-time comparison, what must not be there; linked into a program that must be reported. */
#include <string.h>

int __wrap_CRYPTO_memcmp(const void *one, const void *other, size_t length);

int __wrap_CRYPTO_memcmp(const void *one, const void *other, size_t length)
{
    return memcmp(one, other, length) != 0;
}

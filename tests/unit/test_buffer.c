/* The ground floor: growing buffers, arenas, kept blocks, secrets, UTF-8. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/block.h"
#include "base/buffer.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "random.h"
#include "suites.h"

START_TEST(test_buffer_grows_byte_by_byte_and_stays_terminated)
{
    xpay_buffer buffer = XPAY_BUFFER_INIT;
    for (size_t i = 0; i < 5000; i++) {
        xpay_buffer_byte(&buffer, (char)('a' + i % 26));
        ck_assert_uint_eq(buffer.length, i + 1);
        ck_assert_uint_gt(buffer.capacity, buffer.length);
        ck_assert_int_eq(buffer.bytes[buffer.length], '\0');
    }
    ck_assert_mem_eq(buffer.bytes + 26 * 100, "abcdefghijklmnopqrstuvwxyzabc", 29);
    ck_assert_uint_eq(strspn(buffer.bytes, "abcdefghijklmnopqrstuvwxyz"), 5000);
    xpay_buffer_free(&buffer);
    ck_assert_ptr_null(buffer.bytes);
    ck_assert_uint_eq(buffer.length, 0);
}
END_TEST

START_TEST(test_buffer_takes_pieces_of_every_size)
{
    static const char piece[700] = {'x', '\0', 'y'};
    for (size_t first = 0; first < 300; first += 7)
        for (size_t second = 0; second < sizeof piece; second += 13) {
            xpay_buffer buffer = XPAY_BUFFER_INIT;
            xpay_buffer_append(&buffer, piece, first);
            xpay_buffer_append(&buffer, piece, second);
            ck_assert_uint_eq(buffer.length, first + second);
            ck_assert(!buffer.failed);
            if (second > 0)
                ck_assert_mem_eq(buffer.bytes + first, piece, second);
            xpay_buffer_free(&buffer);
        }
}
END_TEST

START_TEST(test_buffer_formats_texts_longer_than_itself)
{
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    xpay_buffer buffer = XPAY_BUFFER_INIT;
    xpay_buffer_format(&buffer, "%d:", 7);
    xpay_buffer_format(&buffer, "%s%s", text, "");
    xpay_buffer_text(&buffer, "!");
    ck_assert_uint_eq(buffer.length, 2 + 999 + 1);
    ck_assert_mem_eq(buffer.bytes, "7:xxx", 5);
    ck_assert_str_eq(buffer.bytes + buffer.length - 2, "x!");
    xpay_buffer_wipe(&buffer);
    ck_assert_ptr_null(buffer.bytes);
}
END_TEST

START_TEST(test_buffer_hands_its_bytes_over)
{
    xpay_buffer buffer = XPAY_BUFFER_INIT;
    char *empty = xpay_buffer_take(&buffer);
    ck_assert_str_eq(empty, "");
    free(empty);
    xpay_buffer_text(&buffer, "abc");
    char *bytes = xpay_buffer_take(&buffer);
    ck_assert_str_eq(bytes, "abc");
    ck_assert_ptr_null(buffer.bytes);
    xpay_buffer_text(&buffer, "d");
    ck_assert_str_eq(buffer.bytes, "d");
    xpay_buffer_free(&buffer);
    free(bytes);
}
END_TEST

START_TEST(test_buffer_that_failed_stays_failed)
{
    xpay_buffer buffer = XPAY_BUFFER_INIT;
    xpay_buffer_text(&buffer, "abc");
    xpay_buffer_append(&buffer, "x", SIZE_MAX - 2);
    ck_assert(buffer.failed);
    xpay_buffer_append(&buffer, "x", SIZE_MAX);
    xpay_buffer_text(&buffer, "d");
    ck_assert_uint_eq(buffer.length, 3);
    ck_assert_ptr_null(xpay_buffer_take(&buffer));
    ck_assert(!buffer.failed);
    ck_assert_ptr_null(buffer.bytes);
}
END_TEST

static bool is_filled(const unsigned char *bytes, size_t size, size_t value)
{
    while (size > 0 && bytes[size - 1] == value)
        size--;
    return size == 0;
}

START_TEST(test_arena_gives_aligned_zeroed_memory_that_does_not_overlap)
{
    enum { PIECES = 2000 };
    static struct {
        unsigned char *bytes;
        size_t size;
    } pieces[PIECES];
    xpay_arena arena = {0};
    uint64_t state = RANDOM_SEED;
    for (size_t i = 0; i < PIECES; i++) {
        size_t size = pieces[i].size = (size_t)next_random_below(&state, 3000);
        if (next_random(&state) % 2) {
            pieces[i].bytes = xpay_arena_zeroed(&arena, size);
            ck_assert_ptr_nonnull(pieces[i].bytes);
            ck_assert_uint_eq((uintptr_t)pieces[i].bytes % 8, 0);
            ck_assert(is_filled(pieces[i].bytes, size, 0));
        } else {
            pieces[i].bytes = (unsigned char *)xpay_arena_bytes(&arena, size);
            ck_assert(size == 0 || pieces[i].bytes != NULL);
        }
        if (size > 0)
            memset(pieces[i].bytes, (int)(i % 255) + 1, size);
    }
    for (size_t i = 0; i < PIECES; i++)
        ck_assert(is_filled(pieces[i].bytes, pieces[i].size, i % 255 + 1));
    xpay_arena_free(&arena);
    ck_assert_ptr_null(arena.blocks);
}
END_TEST

START_TEST(test_arena_copies_text_with_its_end)
{
    xpay_arena arena = {0};
    char *copy = xpay_arena_copy(&arena, "abcdef", 3);
    ck_assert_str_eq(copy, "abc");
    ck_assert_str_eq(xpay_arena_copy(&arena, "", 0), "");
    ck_assert_ptr_null(xpay_arena_bytes(&arena, SIZE_MAX));
    ck_assert_ptr_null(xpay_arena_zeroed(&arena, SIZE_MAX - 8));
    ck_assert_str_eq(copy, "abc");
    xpay_arena_free(&arena);
    xpay_arena_free(&arena);
}
END_TEST

START_TEST(test_kept_block_is_as_large_as_asked_for)
{
    static const size_t sizes[] = {1, 1000, 1023, 1024, 1025, 2047, 2048, 32767, 32768, 100000};
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < LENGTH(sizes); i++) {
            char *one = xpay_block_take(sizes[i]), *other = xpay_block_take(sizes[i]);
            ck_assert(one != NULL && other != NULL && one != other);
            memset(one, 1, sizes[i]);
            memset(other, 2, sizes[i]);
            ck_assert_int_eq(one[sizes[i] - 1], 1);
            xpay_block_give(one, sizes[i]);
            xpay_block_give(other, sizes[i]);
        }
    xpay_block_give(NULL, 1024);
}
END_TEST

START_TEST(test_secret_is_a_copy_that_is_replaced_and_freed)
{
    xpay_secret secret = {NULL, 0};
    char text[] = "sk_test_1";
    ck_assert(xpay_secret_set(&secret, text));
    memset(text, '#', sizeof text - 1);
    ck_assert_str_eq(secret.text, "sk_test_1");
    ck_assert_uint_eq(secret.length, 9);
    ck_assert(xpay_secret_set(&secret, "sk_2"));
    ck_assert_str_eq(secret.text, "sk_2");
    xpay_secret_free(&secret);
    ck_assert_ptr_null(secret.text);
    ck_assert_uint_eq(secret.length, 0);
    xpay_secret_free(&secret);
    xpay_wipe(NULL, 0);
    xpay_wipe(text, sizeof text);
    ck_assert_mem_eq(text, "\0\0\0\0\0\0\0\0\0", sizeof text);
}
END_TEST

static const struct utf8_case {
    const char *text;
    size_t characters;
} utf8_cases[] = {
    {"", 0},
    {"abc", 3},
    {"caf\xc3\xa9", 4},
    {"\xd9\x82\xd9\x87\xd9\x88\xd8\xa9", 4},
    {"\xe2\x98\x95", 1},
    {"\xf0\x9f\x98\x80x", 2},
    {"\xef\xbf\xbf\xf4\x8f\xbf\xbf", 2},
    {"\x7f\xc2\x80", 2},
    {"\xed\x9f\xbf\xee\x80\x80", 2},
    {"\x80", SIZE_MAX},
    {"a\xc3", SIZE_MAX},
    {"a\xe2\x98", SIZE_MAX},
    {"\xf0\x9f\x98", SIZE_MAX},
    {"\xc0\x80", SIZE_MAX},
    {"\xe0\x9f\xbf", SIZE_MAX},
    {"\xed\xa0\x80", SIZE_MAX},
    {"\xf0\x8f\xbf\xbf", SIZE_MAX},
    {"\xf4\x90\x80\x80", SIZE_MAX},
    {"\xf5\x80\x80\x80", SIZE_MAX},
    {"ok\xff", SIZE_MAX},
};

START_TEST(test_characters_are_counted_and_bad_utf8_is_seen)
{
    ck_assert_uint_eq(xpay_utf8_length(utf8_cases[_i].text), utf8_cases[_i].characters);
}
END_TEST

Suite *buffer_suite(void)
{
    Suite *suite = suite_create("buffer");
    TCase *tests = tcase_create("memory");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_buffer_grows_byte_by_byte_and_stays_terminated);
    tcase_add_test(tests, test_buffer_takes_pieces_of_every_size);
    tcase_add_test(tests, test_buffer_formats_texts_longer_than_itself);
    tcase_add_test(tests, test_buffer_hands_its_bytes_over);
    tcase_add_test(tests, test_buffer_that_failed_stays_failed);
    tcase_add_test(tests, test_arena_gives_aligned_zeroed_memory_that_does_not_overlap);
    tcase_add_test(tests, test_arena_copies_text_with_its_end);
    tcase_add_test(tests, test_kept_block_is_as_large_as_asked_for);
    tcase_add_test(tests, test_secret_is_a_copy_that_is_replaced_and_freed);
    suite_add_tcase(suite, tests);

    tests = tcase_create("UTF-8");
    tcase_add_loop_test(tests, test_characters_are_counted_and_bad_utf8_is_seen, 0,
                        LENGTH(utf8_cases));
    suite_add_tcase(suite, tests);
    return suite;
}

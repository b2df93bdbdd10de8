/* Accounts, the browsers that are signed in to them, and products. */
#include "store.h"

void store_sign_in(struct tx *tx, const char *email, char token[ID_SIZE])
{
    char id[ID_SIZE];
    int64_t now = now_ms();
    if (!id_make(id, "acc") || !id_make(token, "in")) {
        tx_fail(tx, DB_FAILED, "no randomness");
        return;
    }
    tx_run(tx,
           "INSERT INTO accounts (id, email, created_at) VALUES ($1, $2, $3)"
           " ON CONFLICT DO NOTHING",
           DB_VALUES(TEXT_(id), TEXT_(email), NUMBER_(now)));
    tx_run(tx,
           "INSERT INTO sign_ins (token, account_id, created_at)"
           " SELECT $1, id, $2 FROM accounts WHERE email = $3",
           DB_VALUES(TEXT_(token), NUMBER_(now), TEXT_(email)));
}

void store_sign_out(struct tx *tx, const char *token)
{
    tx_run(tx, "DELETE FROM sign_ins WHERE token = $1", DB_VALUES(TEXT_(token)));
}

static bool one_account(struct rows *rows, struct account *account)
{
    bool found = rows_next(rows);
    *account = (struct account){0};
    if (found) {
        rows_copy(rows, 0, account->id, sizeof account->id);
        rows_copy(rows, 1, account->email, sizeof account->email);
        rows_copy(rows, 2, account->customer_id, sizeof account->customer_id);
    }
    rows_close(rows);
    return found;
}

bool store_account_of_token(struct tx *tx, const char *token, struct account *account)
{
    return one_account(tx_query(tx,
                                "SELECT a.id, a.email, a.customer_id FROM sign_ins s"
                                " JOIN accounts a ON a.id = s.account_id WHERE s.token = $1",
                                DB_VALUES(TEXT_(token))),
                       account);
}

bool store_account_find(struct tx *tx, const char *id, struct account *account)
{
    return one_account(tx_query(tx, "SELECT id, email, customer_id FROM accounts WHERE id = $1",
                                DB_VALUES(TEXT_(id))),
                       account);
}

void store_account_keep_customer(struct tx *tx, const char *id, const char *customer_id)
{
    tx_run(tx,
           "UPDATE accounts SET customer_id = $1 WHERE id = $2 AND customer_id IS NULL"
           " AND NOT EXISTS (SELECT 1 FROM accounts WHERE customer_id = $1)",
           DB_VALUES(TEXT_(customer_id), TEXT_(id)));
}

void store_account_forget_customer(struct tx *tx, const char *id)
{
    tx_run(tx, "UPDATE accounts SET customer_id = NULL WHERE id = $1", DB_VALUES(TEXT_(id)));
}

static bool next_product(struct rows *rows, struct product *product)
{
    if (!rows_next(rows))
        return false;
    rows_copy(rows, 0, product->sku, sizeof product->sku);
    rows_copy(rows, 1, product->name, sizeof product->name);
    rows_copy(rows, 2, product->currency, sizeof product->currency);
    product->unit_amount = rows_number(rows, 3);
    product->stock = rows_number(rows, 4);
    return true;
}

void store_products(struct tx *tx, store_each_product *each, void *context)
{
    struct product product;
    struct rows *rows = tx_query(
        tx, "SELECT sku, name, currency, unit_amount, stock FROM products ORDER BY currency, name",
        NULL, 0);
    while (next_product(rows, &product))
        each(context, &product);
    rows_close(rows);
}

bool store_product_find(struct tx *tx, const char *sku, struct product *product)
{
    struct rows *rows =
        tx_query(tx, "SELECT sku, name, currency, unit_amount, stock FROM products WHERE sku = $1",
                 DB_VALUES(TEXT_(sku)));
    bool found = next_product(rows, product);
    rows_close(rows);
    return found;
}

/* The shop's tables. */
#ifndef SHOP_SCHEMA_H
#define SHOP_SCHEMA_H

/* Statements for db_open(). */
extern const char *const shop_schema[];

#endif

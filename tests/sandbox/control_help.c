/* GET /_sandbox. */
#include "request.h"

const char control_help[] = "xpay-sandbox\n";

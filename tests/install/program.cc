// What a merchant's first C++ program might call, built against the installed library.
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <xpay/xpay.h>

static int failures;

static void expect(bool fine, const char *what)
{
    if (!fine) {
        std::fprintf(stderr, "program.cc: %s\n", what);
        failures++;
    }
}

static void check_webhook()
{
    const std::string secret = "whsec_installed";
    const std::string body =
        R"({"id":"evt_1","object":"event","type":"customer.created","data":{"object":{"id":"cus_1","object":"customer"}}})";
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *made = nullptr;
    xpay_error error;

    options.secret = secret.c_str();
    options.tolerance_seconds = XPAY_WEBHOOK_ANY_AGE;
    expect(xpay_webhook_sign(secret.c_str(), 1700000000, body.data(), body.size(), header,
                             sizeof(header)) == XPAY_OK,
           "a body can be signed");
    expect(xpay_webhook_verifier_new(&options, &made, &error) == XPAY_OK, "a verifier can be made");
    std::unique_ptr<xpay_webhook_verifier, decltype(&xpay_webhook_verifier_free)> verifier(
        made, xpay_webhook_verifier_free);
    xpay_event *event = nullptr;
    expect(xpay_webhook_construct_event(verifier.get(), body.data(), body.size(), header, &event,
                                        &error) == XPAY_OK,
           "what was signed is verified and decoded");
    std::unique_ptr<xpay_event, decltype(&xpay_object_free)> owner(event, xpay_object_free);
    expect(event != nullptr && event->customer != nullptr &&
               std::strcmp(event->customer->id, "cus_1") == 0,
           "its customer is there");
}

int main()
{
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    xpay_checkout_session_create_params params = XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT;
    xpay_client *client = nullptr;
    xpay_error error;
    char money[XPAY_MONEY_TEXT_SIZE];

    expect(xpay_version_number() == XPAY_VERSION_NUMBER, "headers and library are of one version");
    expect(options.size == sizeof(options) && options.header_version == XPAY_VERSION_NUMBER,
           "options begin with size and version");
    expect(params.size == sizeof(params) && params.clear == 0, "parameters begin with their size");
    options.api_key = "not a key";
    expect(xpay_client_new(&options, &client, &error) == XPAY_ERROR_ARGUMENT && client == nullptr,
           "a misshapen key is refused");
    expect(xpay_money_format(1500, XPAY_CURRENCY_KWD, money, sizeof(money)) == XPAY_OK &&
               std::string(money) == "1.500 KWD",
           "money can be shown");
    check_webhook();
    std::printf("libxpay %s: %s\n", xpay_version(), error.message);
    return failures != 0;
}

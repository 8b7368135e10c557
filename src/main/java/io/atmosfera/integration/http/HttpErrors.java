package io.atmosfera.integration.http;

import org.springframework.http.HttpStatus;

/** The problems that stand for a bare status, as Spring and the web server give it. */
final class HttpErrors {

    private HttpErrors() {}

    static Problem of(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        if (status == null || !status.isError()) {
            status = HttpStatus.INTERNAL_SERVER_ERROR;
        }
        return Problem.of(status, detail(status));
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "The request cannot be understood: its address, its headers or its form is not valid.";
            case NOT_FOUND -> "There is nothing at this address.";
            case METHOD_NOT_ALLOWED -> "This address does not know this method.";
            case NOT_ACCEPTABLE -> "The answer does not exist in a media type that the request accepts.";
            case PAYLOAD_TOO_LARGE -> "The body is larger than allowed.";
            case URI_TOO_LONG -> "The address is longer than allowed.";
            case UNSUPPORTED_MEDIA_TYPE -> "The body's media type is not one that this address takes.";
            case REQUEST_HEADER_FIELDS_TOO_LARGE -> "The headers are larger than allowed.";
            case SERVICE_UNAVAILABLE -> "The platform cannot answer at the moment.";
            default -> status.is5xxServerError() ? "Something unexpected happened." : "The request is not valid.";
        };
    }
}

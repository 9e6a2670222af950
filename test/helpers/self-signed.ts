/**
 * A certificate for this machine that nobody has vouched for, valid for a hundred years. Its key guards nothing: it is
 * here for the tests, and for a client that must refuse it.
 */
export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXBnBlUcBqZsxqXl+
sLYvGiP2/BiafXguguYDSJNgkVChRANCAATCD3fl6zb+tyGFOtp+JhFfgKQfK+/f
SQAxw1XxcVrqoKioL/EAkf8qzEjG168qydLZ2S6X+Bvh9rBQ0kN/MRNa
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUI/t2L2XwRW9SbC/VLL6XRRPGWBUwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjE0NDIwOVoYDzIxMjYxMDI5
MTQ0MjA5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATCD3fl6zb+tyGFOtp+JhFfgKQfK+/fSQAxw1XxcVrqoKioL/EAkf8q
zEjG168qydLZ2S6X+Bvh9rBQ0kN/MRNao28wbTAdBgNVHQ4EFgQUkhKlGXrOFlft
CzQOH4rFt6jI12QwHwYDVR0jBBgwFoAUkhKlGXrOFlftCzQOH4rFt6jI12QwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgSChjK+WO79557zDPdHaHl+rD9Z1l751xipk1McVjeGUCIESN
+d7Z2KF8SyvOY3UiGc6X3uAnWjUkLhc3bBN5+Q3G
-----END CERTIFICATE-----`,
}

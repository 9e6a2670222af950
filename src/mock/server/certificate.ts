import { isIP } from 'node:net'

/** A certificate and its private key, both PEM. */
export interface TlsCertificate {
  readonly cert: string
  readonly key: string
}

/** Makes a certificate for this machine and `host`, signed by itself and valid for a year. It takes a fraction of a second. */
export async function makeCertificate(host: string): Promise<TlsCertificate> {
  const { generate } = await import('selfsigned')
  const now = Date.now()
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'abeja-platform-client mock server' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // An hour in the past, for clients whose time is a little behind.
    notBeforeDate: new Date(now - 3_600_000),
    notAfterDate: new Date(now + 365 * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...new Set(['localhost', '127.0.0.1', '::1', host])].map(altName) },
    ],
  })
  return { cert, key }
}

function altName(name: string): { type: 2; value: string } | { type: 7; ip: string } {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name }
}

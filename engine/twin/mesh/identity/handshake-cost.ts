/**
 * What a mutual TLS 1.3 handshake with X.509 SVIDs costs in bytes, processor time and round trips.
 *
 * Sizes of keys and signatures: FIPS 203 (ML-KEM), FIPS 204 (ML-DSA), FIPS 205 (SLH-DSA), RFC 8446, and
 * draft-ietf-tls-ecdhe-mlkem (X25519MLKEM768 shares of 1216 and 1120 bytes). Times are of one 3 GHz core: elliptic
 * curves and RSA as `openssl speed` shows on such machines, ML-KEM and ML-DSA from the cycle counts that pq-crystals.org
 * publishes for AVX2, SLH-DSA from the SPHINCS+ submission. They are for comparing suites, not for sizing a machine.
 */
import { RESEND_US, SEGMENT_BYTES, TRIES_MAX } from '../resend';

export type Signature = { readonly publicKeyBytes: number; readonly signatureBytes: number; readonly signUs: number; readonly verifyUs: number };
export type KeyExchange = { readonly clientBytes: number; readonly serverBytes: number; readonly clientUs: number; readonly serverUs: number };

export const SIGNATURES = {
  'ecdsa-p256': { publicKeyBytes: 65, signatureBytes: 71, signUs: 25, verifyUs: 75 },
  'ed25519': { publicKeyBytes: 32, signatureBytes: 64, signUs: 30, verifyUs: 85 },
  'rsa-2048': { publicKeyBytes: 270, signatureBytes: 256, signUs: 600, verifyUs: 18 },
  'ml-dsa-44': { publicKeyBytes: 1_312, signatureBytes: 2_420, signUs: 111, verifyUs: 39 },
  'ml-dsa-65': { publicKeyBytes: 1_952, signatureBytes: 3_309, signUs: 177, verifyUs: 60 },
  'slh-dsa-128s': { publicKeyBytes: 32, signatureBytes: 7_856, signUs: 215_000, verifyUs: 230 },
  /** Both kinds side by side in every certificate. */
  'ecdsa-p256+ml-dsa-44': { publicKeyBytes: 1_377, signatureBytes: 2_491, signUs: 136, verifyUs: 114 },
} as const satisfies Record<string, Signature>;
export type SignatureName = keyof typeof SIGNATURES;

export const KEY_EXCHANGES = {
  x25519: { clientBytes: 32, serverBytes: 32, clientUs: 60, serverUs: 60 },
  'ml-kem-768': { clientBytes: 1_184, serverBytes: 1_088, clientUs: 36, serverUs: 23 },
  'x25519+ml-kem-768': { clientBytes: 1_216, serverBytes: 1_120, clientUs: 96, serverUs: 83 },
} as const satisfies Record<string, KeyExchange>;
export type KeyExchangeName = keyof typeof KEY_EXCHANGES;

/** Everything in the messages but keys and signatures: headers, names, validity, SPIFFE URI, extensions. */
const CLIENT_HELLO_BYTES = 220;
const SERVER_HELLO_BYTES = 160; // with encrypted extensions and the certificate request
const CERTIFICATE_BYTES = 420;
const FINISHED_BYTES = 58;
const CERTIFICATES_SENT = 2; // the SVID and the authority that signed it

export type HandshakeCost = {
  /** Bytes of the three flights: hello, answer with certificate, certificate back. */
  readonly flights: readonly [number, number, number];
  readonly bytes: number;
  readonly clientUs: number;
  readonly serverUs: number;
};

export function handshakeCost(signatureName: SignatureName, exchangeName: KeyExchangeName): HandshakeCost {
  const signature: Signature = SIGNATURES[signatureName];
  const exchange: KeyExchange = KEY_EXCHANGES[exchangeName];
  const proof = CERTIFICATES_SENT * (CERTIFICATE_BYTES + signature.publicKeyBytes + signature.signatureBytes) + signature.signatureBytes + FINISHED_BYTES;
  const flights = [CLIENT_HELLO_BYTES + exchange.clientBytes, SERVER_HELLO_BYTES + exchange.serverBytes + proof, proof] as const;
  const signatures = signature.signUs + (CERTIFICATES_SENT + 1) * signature.verifyUs;
  return { flights, bytes: flights[0] + flights[1] + flights[2], clientUs: exchange.clientUs + signatures, serverUs: exchange.serverUs + signatures };
}

const HEADER_BYTES = 52; // IPv4, TCP with timestamps
/** Segments that TCP sends before it waits for an acknowledgement (RFC 6928). */
const INITIAL_WINDOW = 10;

export type LinkQuality = { readonly rttUs: number; /** One way, in ppm. */ readonly deliveryPpm: number; /** Unlimited when left out. */ readonly bytesPerSecond?: number };
export type HandshakeOnLink = { readonly expectedUs: number; readonly expectedBytes: number; /** Every segment got through within its tries. */ readonly successShare: number };

/** Expected time and bytes over a lossy way: segments are resent after 200 ms, doubled each time, at most six times in all. */
export function handshakeOnLink(cost: HandshakeCost, { rttUs, deliveryPpm, bytesPerSecond }: LinkQuality): HandshakeOnLink {
  const loss = 1 - deliveryPpm / 1_000_000;
  let expectedUs = rttUs + cost.clientUs + cost.serverUs; // the connection itself
  let expectedBytes = 3 * HEADER_BYTES;
  let successShare = 1;
  for (const flight of cost.flights) {
    const segments = Math.ceil(flight / SEGMENT_BYTES);
    const tries = sumOfPowers(loss, TRIES_MAX);
    const wire = (flight + segments * HEADER_BYTES) * tries;
    const windows = windowsFor(segments);
    expectedUs += rttUs / 2 + (windows - 1) * rttUs + resendWaitUs(loss, segments) + (bytesPerSecond === undefined ? 0 : (wire * 1e6) / bytesPerSecond);
    expectedBytes += wire;
    for (let i = 0; i < segments; i += 1) successShare *= 1 - powerOf(loss, TRIES_MAX);
  }
  return { expectedUs: Math.round(expectedUs), expectedBytes: Math.round(expectedBytes), successShare };
}

/** Windows of 10, 20, 40 … segments. */
function windowsFor(segments: number): number {
  let windows = 1;
  for (let room = INITIAL_WINDOW; room < segments; room = room * 2 + INITIAL_WINDOW) windows += 1;
  return windows;
}

/** A flight waits for its slowest segment: probability that some segment needs a try, times that try's wait. */
function resendWaitUs(loss: number, segments: number): number {
  let waitUs = 0;
  for (let tries = 1; tries < TRIES_MAX; tries += 1) waitUs += (1 - powerOf(1 - powerOf(loss, tries), segments)) * RESEND_US * 2 ** (tries - 1);
  return waitUs;
}

const powerOf = (base: number, exponent: number) => {
  let value = 1;
  for (let i = 0; i < exponent; i += 1) value *= base;
  return value;
};
const sumOfPowers = (base: number, count: number) => Array.from({ length: count }, (_, i) => powerOf(base, i)).reduce((sum, p) => sum + p, 0);

import { describe, expect, it } from 'vitest';
import { handshakeCost, handshakeOnLink } from './handshake-cost';

const GOOD = { rttUs: 20_000, deliveryPpm: 1_000_000 };

describe('a mutual TLS handshake', () => {
  it('grows from about 3 kB with elliptic curves to about 20 kB with ML-DSA-44 in both chains', () => {
    const classical = handshakeCost('ecdsa-p256', 'x25519');
    const quantum = handshakeCost('ml-dsa-44', 'ml-kem-768');
    const hybrid = handshakeCost('ecdsa-p256+ml-dsa-44', 'x25519+ml-kem-768');
    expect(classical.bytes).toBeGreaterThan(2_000);
    expect(classical.bytes).toBeLessThan(4_000);
    expect(quantum.bytes).toBeGreaterThan(5 * classical.bytes);
    expect(hybrid.bytes).toBeGreaterThan(quantum.bytes);
    expect(hybrid.bytes - quantum.bytes).toBeLessThan(0.1 * quantum.bytes);
  });

  it('takes two and a half round trips and the processors’ time on a perfect link', () => {
    const cost = handshakeCost('ecdsa-p256', 'x25519');
    expect(handshakeOnLink(cost, GOOD)).toMatchObject({ expectedUs: 2.5 * 20_000 + cost.clientUs + cost.serverUs, successShare: 1 });
  });

  it('needs another round trip when a flight exceeds TCP’s first ten segments', () => {
    const cost = handshakeCost('slh-dsa-128s', 'x25519+ml-kem-768');
    expect(Math.ceil(cost.flights[1] / 1_400)).toBeGreaterThan(10);
    expect(handshakeOnLink(cost, GOOD).expectedUs).toBe(4.5 * 20_000 + cost.clientUs + cost.serverUs);
  });

  it('suffers from loss the more the more segments it has', () => {
    const lossy = { rttUs: 20_000, deliveryPpm: 900_000 };
    const delay = (suite: Parameters<typeof handshakeCost>) => handshakeOnLink(handshakeCost(...suite), lossy).expectedUs - handshakeOnLink(handshakeCost(...suite), GOOD).expectedUs;
    expect(delay(['ml-dsa-65', 'ml-kem-768'])).toBeGreaterThan(2 * delay(['ecdsa-p256', 'x25519']));
    expect(handshakeOnLink(handshakeCost('ecdsa-p256', 'x25519'), lossy).successShare).toBeGreaterThan(0.99999);
    expect(handshakeOnLink(handshakeCost('ecdsa-p256', 'x25519'), { rttUs: 20_000, deliveryPpm: 0 }).successShare).toBe(0);
  });
});

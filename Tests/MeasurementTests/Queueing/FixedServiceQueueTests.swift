import Glibc
import Measurement
import Testing

@Suite("M/D/1")
struct FixedServiceQueueTests {
    /// Utilisation, wait, and the share that waits no longer: by Erlang's expression of 1909, evaluated with 400 digits, since
    /// its terms alternate.
    private static let shares = [
        (0.1, 0, 0.90000000000000000), (0.1, 0.5, 0.94614398673842164), (0.3, 1, 0.94490116530320217),
        (0.5, 0.25, 0.56657422653341316), (0.5, 3, 0.98474870035826780), (0.5, 7.5, 0.99994657521748090),
        (0.7, 2.5, 0.85229606681722364), (0.7, 10, 0.99906887429649867), (0.9, 1, 0.24596031111569497),
        (0.9, 15.75, 0.96426355775809245), (0.9, 40, 0.99976475593684910), (0.95, 60.5, 0.99794653827702490),
        (0.99, 200, 0.98204904383878249), (0.99, 400.25, 0.99967722386492107),
    ]

    @Test("shares that wait no longer, against Erlang's expression", arguments: shares)
    func share(utilisation: Double, wait: Double, share: Double) {
        #expect(abs(FixedServiceQueue(utilisation: utilisation).share(waitingUpTo: wait) - share) < 1e-12)
    }

    @Test(
        "percentiles, from the same expression",
        arguments: [
            (0.3, [0, 0.837714760936, 1.890873401398, 3.023113722399]),
            (0.5, [0, 1.515744841382, 3.336255957002, 5.168385030962]),
            (0.7, [0.729750891094, 3.077086873105, 6.485499428958, 9.894353824428]),
            (0.8, [1.275939873376, 5.011511498446, 10.355886791995, 15.700268194066]),
            (0.9, [3.013047519312, 10.782504956027, 21.898237349540, 33.013969743119]),
            (0.95, [6.480667906120, 22.302228861064, 44.937765508381, 67.573302155698]),
        ])
    func percentiles(utilisation: Double, waits: [Double]) {
        let queue = FixedServiceQueue(utilisation: utilisation)
        for (share, wait) in zip([0.5, 0.9, 0.99, 0.999], waits) {
            #expect(abs(queue.wait(share: share) - wait) < 1e-7 * max(1, wait), "\(share)")
            #expect(queue.sojourn(share: share) == queue.wait(share: share) + 1)
        }
    }

    @Test("within the first two services it is a short closed expression", arguments: [0.05, 0.4, 0.85, 0.999])
    func shortWaits(utilisation: Double) {
        let queue = FixedServiceQueue(utilisation: utilisation)
        for time in stride(from: 0, to: 2, by: 0.125) {
            let second = time < 1 ? 0 : utilisation * (time - 1) * exp(utilisation * (time - 1))
            let expected = (1 - utilisation) * (exp(utilisation * time) - second)
            #expect(abs(queue.share(waitingUpTo: time) - expected) < 1e-13, "\(time)")
        }
    }

    @Test("the mean is what the distribution adds up to", arguments: [0.2, 0.5, 0.9])
    func mean(utilisation: Double) {
        let queue = FixedServiceQueue(utilisation: utilisation)
        let step = 1.0 / 64
        // The midpoint rule; the distribution's derivative jumps at whole services only.
        let sum = (0..<Int(150 / step)).reduce(0.0) { sum, index in
            sum + step * (1 - queue.share(waitingUpTo: (Double(index) + 0.5) * step))
        }
        #expect(abs(sum / queue.meanWait - 1) < 1e-4)
    }

    @Test("the utilisation of a percentile leads back to it", arguments: [1.5, 4, 20, 300], [0.5, 0.9, 0.99, 0.999])
    func inverse(limit: Double, share: Double) throws {
        let utilisation = try #require(FixedServiceQueue.utilisation(atSojourn: limit, share: share))
        #expect(utilisation > 0 && utilisation < 1)
        #expect(abs(FixedServiceQueue(utilisation: utilisation).sojourn(share: share) / limit - 1) < 1e-5)
    }

    @Test("no utilisation is low enough for less than a service")
    func noInverse() {
        #expect(FixedServiceQueue.utilisation(atSojourn: 1, share: 0.99) == nil)
        #expect(FixedServiceQueue.utilisation(atSojourn: 0.5, share: 0.5) == nil)
    }

    @Test("an empty queue, and one at its limit")
    func extremes() {
        #expect(FixedServiceQueue(utilisation: 0).wait(share: 0.999999) == 0)
        let busy = FixedServiceQueue(utilisation: 0.999)
        // The tail of a busy queue is exponential, of mean ρ/2(1 − ρ) or nearly so.
        #expect(abs(busy.wait(share: 0.99) / (busy.meanWait * log(100)) - 1) < 0.01)
    }
}

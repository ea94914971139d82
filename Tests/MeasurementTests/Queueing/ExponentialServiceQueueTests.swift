import Glibc
import Measurement
import Testing

@Suite("M/M/1")
struct ExponentialServiceQueueTests {
    @Test("percentiles leave the share behind that they are of", arguments: [0.1, 0.5, 0.9], [0.5, 0.95, 0.99])
    func percentiles(utilisation: Double, share: Double) {
        let queue = ExponentialServiceQueue(utilisation: utilisation)
        let beyond = utilisation * exp(-(1 - utilisation) * queue.wait(share: share))
        if share > 1 - utilisation {
            #expect(abs(beyond - (1 - share)) < 1e-12)
        } else {
            #expect(queue.wait(share: share) == 0)
        }
        #expect(abs(exp(-(1 - utilisation) * queue.sojourn(share: share)) - (1 - share)) < 1e-12)
    }

    @Test("at half the load, half of all are served within twice as long as on an idle server")
    func known() {
        let queue = ExponentialServiceQueue(utilisation: 0.5)
        #expect(queue.meanWait == 1)
        #expect(abs(queue.sojourn(share: 0.5) - 2 * log(2)) < 1e-12)
        #expect(abs(queue.sojourn(share: 0.99) - 9.210340371976) < 1e-9)
    }

    @Test("the utilisation of a percentile leads back to it", arguments: [5.0, 10, 100])
    func inverse(limit: Double) throws {
        let utilisation = try #require(ExponentialServiceQueue.utilisation(atSojourn: limit, share: 0.99))
        #expect(abs(ExponentialServiceQueue(utilisation: utilisation).sojourn(share: 0.99) - limit) < 1e-9)
    }

    @Test("below the percentile of the service itself there is none")
    func noInverse() {
        #expect(ExponentialServiceQueue.utilisation(atSojourn: 4.6, share: 0.99) == nil)
        #expect(ExponentialServiceQueue.utilisation(atSojourn: 0, share: 0.99) == nil)
    }
}

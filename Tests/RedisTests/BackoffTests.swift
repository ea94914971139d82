import Redis
import Testing

/// Pauses between attempts, as a value.
@Suite struct BackoffTests {
    private func pauses(_ backoff: Backoff) -> [Duration] {
        var attempts = backoff.attempts()
        var pauses: [Duration] = []
        while let pause = attempts.next() { pauses.append(pause) }
        return pauses
    }

    @Test func eachPauseLiesBetweenHalfAndTheWholeOfTheDoubledStep() {
        for _ in 0..<200 {
            var step = Duration.milliseconds(10)
            for pause in pauses(Backoff()) {
                #expect(pause >= step / 2 && pause <= step)
                step = min(step * 2, .milliseconds(500))
            }
        }
    }

    @Test func givesUpOnceTheTotalIsUsedUp() {
        for _ in 0..<200 {
            let pauses = pauses(Backoff(total: .seconds(3)))
            let sum = pauses.reduce(Duration.zero, +)
            #expect(sum >= .seconds(3))
            #expect(sum - (pauses.last ?? .zero) < .seconds(3))
        }
    }

    @Test func withoutTimeThereIsNoPause() {
        #expect(pauses(Backoff(total: .zero)).isEmpty)
    }

    @Test func clientsDoNotComeBackInStep() {
        #expect(pauses(Backoff()) != pauses(Backoff()))
    }
}

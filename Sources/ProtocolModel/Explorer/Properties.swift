/// What must hold of a protocol, as a set: a machine says which are broken, a search says which it looks for.
package struct Properties: OptionSet, Hashable, Sendable {
    /// A bit for each property.
    package let rawValue: UInt16

    /// A set by its bits.
    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// A task whose enqueue was acknowledged is nowhere, and nobody will send it again.
    package static let lost = Properties(rawValue: 1 << 0)
    /// A task is in two places at once.
    package static let twoPlaces = Properties(rawValue: 1 << 1)
    /// A task lies in a claim that no lease covers, so that no monitor would ever find it.
    package static let uncovered = Properties(rawValue: 1 << 2)
    /// A task was ended although its effect never happened.
    package static let endedUnrun = Properties(rawValue: 1 << 3)
    /// An effect happened twice.
    package static let effectTwice = Properties(rawValue: 1 << 4)
    /// The queue let one claim end another's tasks, or the sink let a claim pass that it had seen a later one of.
    package static let staleAccepted = Properties(rawValue: 1 << 5)
    /// A claim was taken back while its lease ran.
    package static let liveClaimTaken = Properties(rawValue: 1 << 6)
    /// A task became a dead letter for lost workers although none had ever begun with it.
    package static let buriedUnheld = Properties(rawValue: 1 << 7)
    /// A worker sleeps although there is something to claim, and nobody is about to claim it or to wake that worker.
    package static let sleepsBesideWork = Properties(rawValue: 1 << 8)
    /// There is a state from which no course without further misfortune ends every task.
    package static let undrainable = Properties(rawValue: 1 << 9)
    /// Two workers run one task at the same time. Allowed: at-least-once delivery means that it can happen.
    package static let runsAtOnce = Properties(rawValue: 1 << 10)
    /// A task is executed a second time. Allowed, for the same reason; its effect is another matter.
    package static let executionTwice = Properties(rawValue: 1 << 11)
    /// The ack of a whole claim ended some of its tasks and others not, although it is answered as one.
    package static let ackedInPart = Properties(rawValue: 1 << 12)

    /// Everything that must hold; the two that are allowed are left out.
    package static let all: Properties = [
        .lost, .twoPlaces, .uncovered, .endedUnrun, .effectTwice, .staleAccepted, .liveClaimTaken, .buriedUnheld,
        .sleepsBesideWork, .undrainable, .ackedInPart,
    ]

    private static let words: [(Properties, String)] = [
        (.lost, "an acknowledged task is lost"),
        (.twoPlaces, "a task is in two places"),
        (.uncovered, "a task lies where no lease covers it"),
        (.endedUnrun, "a task was ended and never run"),
        (.effectTwice, "an effect happened twice"),
        (.staleAccepted, "a stale token was accepted"),
        (.liveClaimTaken, "a claim was taken back while its lease ran"),
        (.buriedUnheld, "a dead letter that no worker had begun"),
        (.sleepsBesideWork, "a worker sleeps beside work"),
        (.undrainable, "the queue can never be drained"),
        (.runsAtOnce, "two workers run a task at once"),
        (.executionTwice, "a task is executed twice"),
        (.ackedInPart, "a whole claim was acked in part"),
    ]

    /// Each of them in words.
    package var descriptions: [String] {
        Self.words.compactMap { property, words in contains(property) ? words : nil }
    }
}

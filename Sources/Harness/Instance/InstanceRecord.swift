import InstanceLimits
import Reporting

/// What was seen of a run's instance.
struct InstanceRecord {
    let type: InstanceType
    let timeScale: Double
    /// False where nothing could be held back.
    let isHeld: Bool
    let readings: [CreditReading]

    /// What an instance that has stopped has seen.
    init(_ box: InstanceBox) {
        type = box.type
        timeScale = box.timeScale
        isHeld = box.obstacle == nil
        readings = box.readings
    }

    /// True for a type with credits.
    var isBurstable: Bool { type.credits != nil }

    /// The rows of `credits.csv`.
    func rows(_ key: RunKey, _ timeline: RunTimeline) -> [CreditRow] {
        readings.map { entry in
            CreditRow(
                key: key, instance: type.name, timeScale: timeScale, atSeconds: timeline.seconds(at: entry.time),
                usedSeconds: entry.reading.used, balance: entry.reading.balance,
                allowedProcessors: entry.reading.allowedProcessors, excessSeconds: entry.reading.excess,
                throttledSeconds: entry.throttledSeconds, surplusUSD: entry.reading.surplusUSD,
                phase: entry.phase)
        }
    }
}

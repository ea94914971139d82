import InstanceLimits
import Reporting

/// What was seen of a run's instance.
struct InstanceRecord {
    let type: InstanceType
    let timeScale: Double
    let readings: [CreditReading]

    /// What an instance that has stopped has seen.
    init(_ box: InstanceBox) {
        type = box.type
        timeScale = box.timeScale
        readings = box.readings
    }

    /// The rows of `credits.csv`; none for a type without credits.
    func rows(_ key: RunKey, _ timeline: RunTimeline) -> [CreditRow] {
        readings.map { entry in
            CreditRow(
                key: key, instance: type.name, timeScale: timeScale, atSeconds: timeline.seconds(at: entry.time),
                usedSeconds: entry.reading.used, balance: entry.reading.balance,
                allowedProcessors: entry.reading.allowedProcessors, excessSeconds: entry.reading.excess,
                throttledSeconds: entry.throttledSeconds, surplusUSD: entry.reading.surplusUSD)
        }
    }
}

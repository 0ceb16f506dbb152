/// What is forgotten before the first appointment is created: settings of the dealer's company that no file shows.
package enum FirstRunAdvice {
    package static let lines = [
        "Require work order for tech appointments (Calendar & Scheduling Settings, General): where it is on, appointments without a work order may be refused",
        "Use time slots for tech scheduling (the same page, Slot Scheduler): where it is on, leave TechID empty, take the slots' times, and add --slot-scheduling",
        "Scheduling profiles: working hours, lead time, travel buffers and the most jobs a day of a technician can refuse an appointment",
        "Leads: technician appointments can't be created for leads, only for customers",
        "Messages: creating appointments may e-mail or text customers and technicians, one for each; see the customer's Messages after the first rows",
        "The API user's password: where it expires, runs end with 4 from that day on",
        "SecurityTrax is not known to refuse a second equal appointment: begin with few rows (stimport --first 3 FILE), and look at them in the portal",
    ]
}

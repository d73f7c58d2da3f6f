//! The rules R1 to R11 of the source, R12 and R13 of this model, each at its boundary: a test changes one thing of a world in which nothing goes wrong.

mod r01_requested_amount;
mod r02_cancel_before_shipment;
mod r03_reason_choice;
mod r04_freeze;
mod r04_not_sold;
mod r04_points;
mod r04_several_penalties;
mod r05_steering;
mod r06_dispute_after_shipment;
mod r07_dispute_rate;
mod r07_service_score;
mod r08_response_deadline;
mod r09_after_completion;
mod r10_offline_transfer;
mod r11_desk;
mod r11_response_delay;
mod r11_shared_queue;
mod r12_appeals;
mod r13_returns;

//! What two people on one family card are to each other.
//!
//! The card (SHDK) names everybody from the head of the family; from two such places follows, for most pairs, what
//! the living is to the dead. Where it does not follow surely (a grandchild's parent among several children), nothing is said.

use crate::domain::identity::{Relation, Sex};
use crate::domain::register::Resident;

/// What `living` is to `dead`, both on one card.
pub(super) fn relation_to(dead: &Resident, living: &Resident) -> Option<Relation> {
    let spouse = if living.sex == Some(Sex::Male) { Relation::Suami } else { Relation::Istri };
    Some(match (role(dead)?, role(living)?) {
        (Role::Head, Role::Wife) | (Role::Wife, Role::Head) => spouse,
        (Role::Head | Role::Wife, Role::Child) | (Role::Parent, Role::Head) | (Role::ParentInLaw, Role::Wife) => Relation::Anak,
        (Role::Child, Role::Head | Role::Wife) | (Role::Head, Role::Parent) | (Role::Wife, Role::ParentInLaw) => Relation::OrangTua,
        (Role::Child, Role::Child) => Relation::Saudara,
        (Role::Head | Role::Wife, Role::Grandchild) | (Role::Parent | Role::ParentInLaw, Role::Child) => Relation::Cucu,
        (Role::Grandchild, Role::Head | Role::Wife) | (Role::Child, Role::Parent | Role::ParentInLaw) => Relation::KakekNenek,
        (Role::Head | Role::Wife, Role::ChildInLaw) | (Role::Parent, Role::Wife) | (Role::ParentInLaw, Role::Head) => Relation::Menantu,
        (Role::Wife, Role::Parent) | (Role::Head, Role::ParentInLaw) | (Role::ChildInLaw, Role::Head | Role::Wife) => Relation::Mertua,
        _ => return None,
    })
}

#[derive(Clone, Copy)]
enum Role {
    Head,
    Wife,
    Child,
    ChildInLaw,
    Grandchild,
    Parent,
    ParentInLaw,
}

fn role(row: &Resident) -> Option<Role> {
    Some(match row.family_role.trim().to_uppercase().as_str() {
        "KEPALA KELUARGA" => Role::Head,
        "ISTRI" | "SUAMI" => Role::Wife,
        "ANAK" => Role::Child,
        "MENANTU" => Role::ChildInLaw,
        "CUCU" => Role::Grandchild,
        "ORANG TUA" => Role::Parent,
        "MERTUA" => Role::ParentInLaw,
        _ => return None,
    })
}

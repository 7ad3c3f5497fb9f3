using System.Text.RegularExpressions;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of volumes whose content is kept somewhere else: claims and storage systems.</summary>
internal static partial class VolumeSourceValidation
{
    public static IEnumerable<FieldError> Validate(Volume volume, string path)
    {
        if (volume.PersistentVolumeClaim is { ClaimName: null or "" })
            yield return FieldError.Required($"{path}.persistentVolumeClaim.claimName");
        if (volume.Ephemeral is { } ephemeral)
        {
            foreach (var error in Template(ephemeral.VolumeClaimTemplate, $"{path}.ephemeral.volumeClaimTemplate"))
                yield return error;
        }

        if (volume.Glusterfs is { } glusterfs)
        {
            if (string.IsNullOrEmpty(glusterfs.Endpoints))
                yield return FieldError.Required($"{path}.glusterfs.endpoints");
            if (string.IsNullOrEmpty(glusterfs.Path))
                yield return FieldError.Required($"{path}.glusterfs.path");
        }

        if (volume.Iscsi is { } iscsi)
        {
            foreach (var error in Iscsi(iscsi, $"{path}.iscsi"))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Template(PersistentVolumeClaimTemplate? template, string path)
    {
        if (template is null)
            return [FieldError.Required(path)];
        var labelled = template.Metadata ?? new ObjectMeta();
        return
        [
            .. ObjectMetaValidation.Annotations(labelled.Annotations, $"{path}.metadata.annotations"),
            .. ObjectMetaValidation.Labels(labelled.Labels, $"{path}.metadata.labels"),
            .. PersistentVolumeClaimRules.Spec(template.Spec ?? new(), $"{path}.spec"),
        ];
    }

    private static IEnumerable<FieldError> Iscsi(ISCSIVolumeSource iscsi, string path)
    {
        if (string.IsNullOrEmpty(iscsi.TargetPortal))
            yield return FieldError.Required($"{path}.targetPortal");
        if (string.IsNullOrEmpty(iscsi.Iqn))
            yield return FieldError.Required($"{path}.iqn");
        else if (WrongName(iscsi.Iqn) is { } wrong)
            yield return FieldError.Invalid($"{path}.iqn", iscsi.Iqn, wrong);
        foreach (var error in NameFormats.InRange(iscsi.Lun ?? 0, 0, 255))
            yield return FieldError.Invalid($"{path}.lun", iscsi.Lun, error);
        if (iscsi is { ChapAuthDiscovery: true, SecretRef: null } or { ChapAuthSession: true, SecretRef: null })
            yield return FieldError.Required($"{path}.secretRef");
        if (iscsi.InitiatorName is { } initiator && WrongName(initiator) is { } text)
            yield return FieldError.Invalid($"{path}.initiatorname", initiator, text);
    }

    /// <summary>What is wrong with the name of an initiator or a target, which is of one of three forms.</summary>
    private static string? WrongName(string name)
    {
        Regex? form = name.Length < 3 ? null : name[..3] switch { "iqn" => Iqn(), "eui" => Eui(), "naa" => Naa(), _ => null };
        if (form is null)
            return "must be valid format starting with iqn, eui, or naa";
        return form.IsMatch(name) ? null : "must be valid format";
    }

    [GeneratedRegex(@"iqn\.[0-9]{4}-[0-9]{2}\.([a-zA-Z0-9\-.]+)(:[^,;*&$|\s]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Iqn();

    [GeneratedRegex(@"^eui.[a-zA-Z0-9]{16}\z")]
    private static partial Regex Eui();

    [GeneratedRegex(@"^naa.[a-zA-Z0-9]{32}\z")]
    private static partial Regex Naa();
}
